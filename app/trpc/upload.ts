"use client";
import { z } from "zod";

const Stored = z.object({ uploadId: z.string(), sha256: z.string(), bytes: z.number() });
export type Stored = z.infer<typeof Stored>;

const Told = z.object({
  code: z.string(),
  condition: z.record(z.string(), z.union([z.string(), z.number()])),
  requestId: z.string(),
});

/** Why a file did not arrive, in the form of a failed call, so that `failureOf` reads it. */
export class UploadFailed extends Error {
  readonly data: {
    readonly refusal: { readonly code: string; readonly condition: Readonly<Record<string, string | number>> } | null;
    readonly requestId: string | null;
  } | null;

  constructor(answer: string) {
    super("the upload failed");
    this.name = "UploadFailed";
    const told = Told.safeParse(parsed(answer));
    this.data = told.success
      ? { refusal: told.data.code === "INTERNAL" ? null : told.data, requestId: told.data.requestId }
      : null;
  }
}

/** Sends a file to the server, which keeps it under an id; `onProgress` hears the share that is sent, 0 to 1. */
export function upload(file: File, onProgress?: (share: number) => void, signal?: AbortSignal): Promise<Stored> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", "/api/uploads");
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 1 : loaded / total);
    request.onload = () => {
      const stored = Stored.safeParse(parsed(request.responseText));
      if (request.status === 201 && stored.success) resolve(stored.data);
      else reject(new UploadFailed(request.responseText));
    };
    request.onerror = () => reject(new UploadFailed(""));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
