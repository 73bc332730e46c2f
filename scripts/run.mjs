// Runs one of Evenhand's own programs on the right Node, installing the packages first where they are missing.
import { demoSettings, environment, install, loadSettings, run, runtime } from "./toolchain.mjs";

loadSettings();
await install();
const [program, ...args] = process.argv.slice(2);
process.exit(await run(runtime(), [program, ...args], { env: environment(demoSettings()) }));
