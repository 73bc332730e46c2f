/** Before anything is built: are the settings right, and is the port free? */
import { createServer } from "node:net";
import { settingsOrExit } from "./settings.ts";

const config = settingsOrExit();
const probe = createServer();
probe.once("error", (reason: NodeJS.ErrnoException) => {
  console.error(
    reason.code === "EADDRINUSE"
      ? `evenhand: port ${config.port} is taken: stop what uses it, or choose another with PORT=3001 npm start`
      : `evenhand: cannot listen on ${config.host}:${config.port} (${reason.code}): check HOST and PORT`,
  );
  process.exitCode = 1;
});
probe.listen(config.port, config.host, () => probe.close());
