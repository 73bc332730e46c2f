import { readFileSync } from "node:fs";

/**
 * The most memory that this process ever had resident, in bytes. Linux tells it in `VmHWM`; what `resourceUsage` tells
 * counts the memory of the process that started this one, too.
 */
export function peakMemory(): number {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(statusOfProcess())?.[1];
  return 1024 * (peak === undefined ? process.resourceUsage().maxRSS : Number(peak));
}

function statusOfProcess(): string {
  try {
    return readFileSync("/proc/self/status", "utf8");
  } catch {
    return "";
  }
}
