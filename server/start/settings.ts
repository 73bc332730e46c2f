import { type Config, loadConfig, WrongSettings } from "../config.ts";

/** The settings of this process; a wrong one is said in one line each, and the process ends with code 1. */
export function settingsOrExit(): Config {
  try {
    return loadConfig(process.env);
  } catch (reason) {
    if (!(reason instanceof WrongSettings)) throw reason;
    for (const line of reason.lines) console.error(`evenhand: wrong setting ${line}`);
    process.exit(1);
  }
}

/** Ends a process that cannot start, with one line that says why. */
export function giveUp(line: string): never {
  console.error(`evenhand: ${line}`);
  process.exit(1);
}
