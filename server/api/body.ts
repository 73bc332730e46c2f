import type { IncomingMessage } from "node:http";
import { Refusal } from "../core/refusal.ts";

/** Reads a body of at most `maxBytes`. Refuses: BODY_TOO_LARGE. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) reject(tooLarge(maxBytes));
      else chunks.push(chunk);
    });
    request.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on("error", reject);
    request.on("aborted", () => reject(new Refusal("BODY_ABORTED", {}, "invalid")));
  });
}

/** Parses a JSON body. Refuses: CONTENT_TYPE_FORBIDDEN, BODY_NOT_JSON. */
export function parseJson(request: IncomingMessage, body: Buffer): unknown {
  if (!isJson(request.headers["content-type"])) throw new Refusal("CONTENT_TYPE_FORBIDDEN", {}, "invalid");
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new Refusal("BODY_NOT_JSON", {}, "invalid");
  }
}

/** True for `application/json`, with or without a charset. */
export function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/json\s*(;|$)/i.test(contentType);
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal("BODY_TOO_LARGE", { maxBytes }, "too_large");
}
