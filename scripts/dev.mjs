// `npm run dev`: the demo brand, with pages rebuilt as they are edited.
import { spawn } from "node:child_process";
import { demoSettings, environment, install, loadSettings, onStop, root, run, runtime } from "./toolchain.mjs";

loadSettings();
await install();
const node = runtime();
const env = environment({ ...demoSettings(), NODE_ENV: "development" });
for (const step of ["inspect", "prepare"]) {
  const code = await run(node, [`server/start/${step}.ts`], { env });
  if (code !== 0) process.exit(code);
}
const processes = ["web", "worker"].map((name) =>
  spawn(node, [`server/${name}.ts`], { cwd: root, env, stdio: "inherit" }),
);
onStop(() => {
  for (const child of processes) child.kill("SIGTERM");
});
