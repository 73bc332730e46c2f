import { type FileHandle, open } from "node:fs/promises";
import type { Source } from "./reading.ts";

const CHUNK = 65_536;
const HEAD = 32_768;

/**
 * The bytes of a source from its beginning, in pieces of 64 KiB, the next one read while one is worked on. A piece is
 * valid until the next is asked for.
 */
export async function* chunksOf(source: Source): AsyncGenerator<Uint8Array, void, undefined> {
  if ("bytes" in source) {
    for (let at = 0; at < source.bytes.length; at += CHUNK) yield source.bytes.subarray(at, at + CHUNK);
    return;
  }
  const file = await open(source.path, "r");
  let reading = readInto(file, Buffer.allocUnsafe(CHUNK));
  let spare: Buffer = Buffer.allocUnsafe(CHUNK);
  try {
    for (;;) {
      const { buffer, bytesRead } = await reading;
      if (bytesRead === 0) return;
      reading = readInto(file, spare);
      spare = buffer;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** What goes wrong is met by whoever waits for the piece; nobody may come to. */
function readInto(file: FileHandle, piece: Buffer) {
  const reading = file.read(piece, 0, CHUNK);
  reading.catch(() => undefined);
  return reading;
}

/** The first 32 KiB, or all of a smaller file. */
export async function headOf(source: Source): Promise<Uint8Array> {
  for await (const piece of chunksOf(source)) return Uint8Array.from(piece.subarray(0, HEAD));
  return new Uint8Array();
}
