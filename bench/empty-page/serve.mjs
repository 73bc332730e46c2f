/** Serves the empty page the way `server/web.ts` serves ours: node:http with Next behind it. Prints its port. */
import { createServer } from "node:http";
import next from "next";

const app = next({ dev: false, dir: import.meta.dirname });
await app.prepare();
const answer = app.getRequestHandler();
const server = createServer((request, response) => answer(request, response));
server.listen(0, "localhost", () => console.log(server.address().port));
process.once("SIGTERM", () => process.exit(0));
