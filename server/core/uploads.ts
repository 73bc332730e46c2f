import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { processConfig } from "../config.ts";
import { Refusal } from "./refusal.ts";

export type StoredUpload = { readonly uploadId: string; readonly sha256: string; readonly bytes: number };

/** For how many days an uploaded file waits for somebody's word. */
export const UPLOAD_DAYS = 2;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where an uploaded file lies, under DATA_DIR. Refuses anything that is not an id of ours: UPLOAD_NOT_FOUND. */
export function uploadPath(uploadId: string): string {
  if (!UUID.test(uploadId)) throw new Refusal("UPLOAD_NOT_FOUND", {}, "missing");
  return join(uploadFolder(), uploadId);
}

/**
 * Streams a file to disk under a random name, in constant memory; it is there whole and durable or not at all.
 * Refuses: UPLOAD_TOO_LARGE `{ maxBytes }`, UPLOAD_EMPTY. What came from the client about its name or type is not kept.
 */
export async function storeUpload(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredUpload> {
  await mkdir(uploadFolder(), { recursive: true, mode: 0o700 });
  const uploadId = randomUUID();
  const draft = join(uploadFolder(), `${uploadId}.part`);
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    await using file = await open(draft, "wx", 0o600);
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new Refusal("UPLOAD_TOO_LARGE", { maxBytes }, "too_large");
      hash.update(chunk);
      await file.write(chunk);
    }
    if (bytes === 0) throw new Refusal("UPLOAD_EMPTY", {}, "invalid");
    await file.sync();
    await rename(draft, uploadPath(uploadId));
  } catch (reason) {
    await rm(draft, { force: true });
    throw reason;
  }
  return { uploadId, sha256: hash.digest("hex"), bytes };
}

/** Removes an uploaded file; one that is not there is no trouble. */
export async function removeUpload(uploadId: string): Promise<void> {
  await rm(uploadPath(uploadId), { force: true });
}

/** Removes uploads older than `before`: the ones that nobody imported, and parts of broken connections. */
export async function sweepUploads(before: Date): Promise<void> {
  for (const name of await readdir(uploadFolder()).catch(() => [])) {
    const path = join(uploadFolder(), name);
    const { mtime } = await stat(path).catch(() => ({ mtime: null }));
    if (mtime !== null && mtime < before) await rm(path, { force: true });
  }
}

function uploadFolder(): string {
  return join(processConfig().dataDir, "uploads");
}
