// `npm start`: installs, builds when stale, migrates, seeds the demo brand into an empty database, then serves.
import { spawn } from "node:child_process";
import {
  build,
  demoSettings,
  environment,
  install,
  loadSettings,
  onStop,
  root,
  run,
  runtime,
  say,
} from "./toolchain.mjs";

loadSettings();
await install();
const node = runtime();
const env = environment({ ...demoSettings(), NODE_ENV: "production" });
await step("inspect");
await build();
await step("prepare");

let stopping = false;
// Nobody waits for the worker: it may tidy up more often, and then an import of a million rows takes a quarter less memory.
const options = { web: [], worker: ["--max-semi-space-size=8"] };
const processes = Object.keys(options).map((name) => {
  const child = spawn(node, [...options[name], `server/${name}.ts`], {
    cwd: root,
    env,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.on("message", (message) => {
    if (message === "ready" && name === "web") void run(node, ["server/start/welcome.ts"], { env });
  });
  child.on("exit", (code) => {
    if (!stopping) say(`evenhand: the ${name} process ended with code ${code}; stopping`);
    stop(code ?? 1);
  });
  return child;
});
onStop(() => stop(0));

/** Stops both processes once; they finish what they have begun, and this process ends with them. */
function stop(code) {
  if (stopping) return;
  stopping = true;
  process.exitCode = code;
  for (const child of processes) child.kill("SIGTERM");
}

/** Runs one of the steps before serving; it has said what is wrong when it fails. */
async function step(name) {
  const code = await run(node, [`server/start/${name}.ts`], { env });
  if (code !== 0) process.exit(code);
}
