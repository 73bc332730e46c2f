import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import * as audit from "../audit/service.ts";
import { isId } from "../core/id.ts";
import { Refusal } from "../core/refusal.ts";
import { storeUpload } from "../core/uploads.ts";
import type { House } from "../house.ts";
import { fileOf } from "../orders/console/export/file.ts";
import { begin, end } from "../orders/console/export/service.ts";
import { rejects } from "../orders/importing/queries.ts";
import { me } from "../staff/queries.ts";
import { requestContext } from "./context.ts";
import { dataHeaders } from "./headers.ts";
import { pathOf } from "./request-guard.ts";
import type { Handler, Served } from "./served.ts";
import { type RequestContext, requireStaff } from "./trpc.ts";

const UPLOADS = "/api/uploads";
const REJECTS = "/api/downloads/rejects/";
const EXPORTS = "/api/downloads/orders/";

/**
 * The desk's files. `PUT /api/uploads` takes one as its raw body and answers `{ uploadId, sha256, bytes }`;
 * `GET /api/downloads/rejects/{batchId}` gives the rows of an import that were not taken in, to be corrected,
 * `GET /api/downloads/orders/{exportId}` once the orders of an export.
 */
export function openTransfers(house: House): Handler {
  return async (request, response, requestId) => {
    const { headers, socket, method } = request;
    const path = pathOf(request.url ?? "");
    const ctx = requestContext(house, { headers, remoteAddress: socket.remoteAddress, requestId, response });
    if (method === "PUT" && path === UPLOADS) return takeUpload(ctx, request, response);
    if (method === "GET" && path.startsWith(REJECTS)) return giveRejects(ctx, path.slice(REJECTS.length), response);
    if (method === "GET" && path.startsWith(EXPORTS)) return giveExport(ctx, path.slice(EXPORTS.length), response);
    throw new Refusal("ROUTE_NOT_FOUND", {}, "missing");
  };

  async function takeUpload(ctx: RequestContext, request: IncomingMessage, response: ServerResponse): Promise<Served> {
    await requireStaff(ctx, "order:import");
    const upload = await storeUpload(request, house.config.uploadMaxBytes);
    return send(response, UPLOADS, 201, { "Content-Type": "application/json" }, JSON.stringify(upload));
  }

  /** Streams an export as fast as it is taken: nothing is stored, and one that breaks off is recorded as such. */
  async function giveExport(ctx: RequestContext, exportId: string, response: ServerResponse): Promise<Served> {
    const actor = await requireStaff(ctx, "order:export");
    if (!isId<"orderExport">(exportId)) throw new Refusal("EXPORT_LINK_OVER", {}, "missing");
    const asked = await begin({ ...ctx, actor }, exportId);
    const { name } = await me({ ...ctx, actor });
    const file = fileOf(ctx, asked, name, ctx.door.locale);
    const disposition = `attachment; filename="${file.name}"`;
    response.writeHead(200, { ...dataHeaders, "Content-Type": file.type, "Content-Disposition": disposition });
    const failed: unknown = await pipeline(file.pieces, response).then(
      () => null,
      (reason) => reason,
    );
    await end({ ...ctx, actor, now: house.clock() }, exportId, file.rows(), failed === null);
    if (failed !== null && !hungUp(failed)) throw failed;
    return { route: `${EXPORTS}{exportId}`, code: null };
  }
}

async function giveRejects(ctx: RequestContext, batchId: string, response: ServerResponse): Promise<Served> {
  const actor = await requireStaff(ctx, "order:import");
  if (!isId<"importBatch">(batchId)) throw new Refusal("BATCH_NOT_FOUND", {}, "missing");
  const text = await rejects(ctx, batchId);
  await ctx.db.transact((tx) =>
    audit.record(tx, { ...ctx, actor }, { action: "order.rejects", subject: { kind: "importBatch", id: batchId } }),
  );
  const headers = {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="rejects-${batchId}.csv"`,
  };
  return send(response, `${REJECTS}{batchId}`, 200, headers, text);
}

/** Whether a stream ended because whoever took it went away. */
function hungUp(reason: unknown): boolean {
  return reason instanceof Error && "code" in reason && reason.code === "ERR_STREAM_PREMATURE_CLOSE";
}

function send(
  response: ServerResponse,
  route: string,
  status: number,
  headers: Record<string, string>,
  text: string,
): Served {
  response.writeHead(status, { ...dataHeaders, ...headers, "Content-Length": Buffer.byteLength(text) });
  response.end(text);
  return { route, code: null };
}
