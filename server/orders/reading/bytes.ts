import { open } from "node:fs/promises";
import type { Source } from "./reading.ts";

const CHUNK = 65_536;
const HEAD = 32_768;

/** The bytes of a source from its beginning, in pieces of 64 KiB. A piece is valid until the next is asked for. */
export async function* chunksOf(source: Source): AsyncGenerator<Uint8Array, void, undefined> {
  if ("bytes" in source) {
    for (let at = 0; at < source.bytes.length; at += CHUNK) yield source.bytes.subarray(at, at + CHUNK);
    return;
  }
  const file = await open(source.path, "r");
  try {
    const piece = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, CHUNK);
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** The first 32 KiB, or all of a smaller file. */
export async function headOf(source: Source): Promise<Uint8Array> {
  for await (const piece of chunksOf(source)) return Uint8Array.from(piece.subarray(0, HEAD));
  return new Uint8Array();
}
