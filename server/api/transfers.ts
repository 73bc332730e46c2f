import { Refusal } from "../core/refusal.ts";
import { storeUpload } from "../core/uploads.ts";
import type { House } from "../house.ts";
import { requestContext } from "./context.ts";
import { dataHeaders } from "./headers.ts";
import type { Handler } from "./served.ts";
import { requireStaff } from "./trpc.ts";

const UPLOADS = "/api/uploads";

/** The desk's files: `PUT /api/uploads` takes one as its raw body and answers `{ uploadId, sha256, bytes }`. */
export function openTransfers(house: House): Handler {
  return async (request, response, requestId) => {
    const { headers, socket, url = "", method } = request;
    const ctx = requestContext(house, { headers, remoteAddress: socket.remoteAddress, requestId, response });
    if (method !== "PUT" || url !== UPLOADS) throw new Refusal("ROUTE_NOT_FOUND", {}, "missing");
    await requireStaff(ctx, "order:import");
    const upload = await storeUpload(request, house.config.uploadMaxBytes);
    const text = JSON.stringify(upload);
    response.writeHead(201, {
      ...dataHeaders,
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(text),
    });
    response.end(text);
    return { route: UPLOADS, code: null };
  };
}
