import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const EVENT_STREAM = "text/event-stream";
/** Answers that would go on for ever by themselves. */
const streams = new WeakMap<Server, Set<ServerResponse>>();

/** The HTTP server behind which everything stands, with what one connection may cost bounded. */
export function openFrontServer(serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Server {
  const server = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: 10_000,
    // The whole of a 50 MB order file over a slow line.
    requestTimeout: 300_000,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
    insecureHTTPParser: false,
  });
  server.maxHeadersCount = 100;
  const open = new Set<ServerResponse>();
  streams.set(server, open);
  server.on("request", (request, response) => {
    if (request.headers.accept === EVENT_STREAM) {
      open.add(response);
      response.once("close", () => open.delete(response));
    }
    void serve(request, response);
  });
  server.on("clientError", (_, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
  });
  return server;
}

/** Listens, or says in one line why it cannot. */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (reason: NodeJS.ErrnoException) => {
      const why = reason.code === "EADDRINUSE" ? "it is taken" : (reason.code ?? "unknown");
      reject(new Error(`cannot listen on ${host}:${port}: ${why}`));
    });
    server.listen(port, host, resolve);
  });
}

/** Takes no new connection, ends event streams (browsers reconnect elsewhere), lets answers end for `graceMs`, ends the rest. */
export async function stopServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const response of streams.get(server) ?? []) response.destroy();
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  await Promise.race([closed, pause(graceMs, undefined, { ref: false })]);
  clearInterval(idle);
  server.closeAllConnections();
  // A socket that was upgraded (Next's reload socket) is nobody's connection any more and would be waited for in vain.
  await Promise.race([closed, pause(500, undefined, { ref: false })]);
}

/** The one upgrade that development needs: Next's reload socket, from this machine. */
export function isHotReload(request: IncomingMessage): boolean {
  return (
    (request.url ?? "").startsWith("/_next/") && /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? "")
  );
}
