import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** The frame alone, as the product runs it. */
export default { poweredByHeader: false, agentRules: false, turbopack: { root }, outputFileTracingRoot: root };
