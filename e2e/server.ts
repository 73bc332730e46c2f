import { startEvenhand } from "./evenhand.ts";

/** One Evenhand for the whole run. The journeys find it, its database and its keys through the environment. */
export default async function serve(): Promise<() => Promise<void>> {
  const { url, env, logFile, stop } = await startEvenhand();
  Object.assign(process.env, env, { EVENHAND_URL: url, EVENHAND_LOG: logFile });
  return stop;
}
