import type { IncomingMessage } from "node:http";
import busboy from "busboy";
import { Refusal } from "../core/refusal.ts";
import { type StoredUpload, storeUpload } from "../core/uploads.ts";

/**
 * Reads a multipart/form-data body with one part named `file`, streamed to disk, and a few short text fields before it.
 * Refuses: CONTENT_TYPE_FORBIDDEN, FORM_INVALID, UPLOAD_TOO_LARGE, UPLOAD_EMPTY.
 */
export async function readForm(
  request: IncomingMessage,
  maxBytes: number,
): Promise<{ readonly fields: Record<string, string>; readonly upload: StoredUpload }> {
  if (!/^multipart\/form-data\s*;/i.test(request.headers["content-type"] ?? "")) {
    throw new Refusal("CONTENT_TYPE_FORBIDDEN", {}, "invalid");
  }
  const fields: Record<string, string> = Object.create(null);
  let stored: Promise<StoredUpload> | undefined;
  const limits = {
    files: 1,
    fields: 10,
    parts: 11,
    fieldNameSize: 50,
    fieldSize: 1_000,
    headerPairs: 20,
    fileSize: maxBytes + 1,
  };
  const form = busboy({ headers: request.headers, limits });
  try {
    await new Promise<void>((resolve, reject) => {
      form.on("field", (name, value) => {
        fields[name] = value;
      });
      form.on("file", (name, stream) => {
        if (name !== "file" || stored !== undefined) {
          stream.resume();
          reject(invalid());
          return;
        }
        stored = storeUpload(stream, maxBytes);
        stored.catch(reject);
      });
      for (const limit of ["filesLimit", "fieldsLimit", "partsLimit"] as const) form.on(limit, () => reject(invalid()));
      form.on("error", () => reject(invalid()));
      form.on("close", resolve);
      request.on("aborted", () => reject(invalid()));
      request.pipe(form);
    });
  } finally {
    request.unpipe(form);
    form.destroy();
  }
  if (stored === undefined) throw invalid();
  return { fields, upload: await stored };
}

function invalid(): Refusal {
  return new Refusal("FORM_INVALID", {}, "invalid");
}
