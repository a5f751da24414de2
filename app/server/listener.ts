import { createServer, STATUS_CODES, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";
import type { Log } from "./log.ts";

export interface Listener {
  readonly server: Server;
  /** Takes no new connections, lets requests that run end within a bound, then cuts off what is left. */
  stop(): Promise<void>;
}

const HEADERS_MS = 10_000;
const REQUEST_MS = 20_000;
/** Longer than load balancers keep a connection, so that they and not we end it. */
const KEEP_ALIVE_MS = 75_000;
const LARGEST_HEADERS = 16 * 1024;
const MOST_CONNECTIONS = 5_000;
/** How long a stop waits for requests that run. */
const STOP_PATIENCE_MS = 10_000;
/** How often a stop closes the connections that no request uses. */
const CLOSE_UNUSED_MS = 100;

/** Listens with limits on headers, time and connections. Rejects where the port cannot be had. */
export async function listen(
  listener: RequestListener,
  options: { port: number; host?: string; log: Log; stopPatienceMs?: number },
): Promise<Listener> {
  const server = createServer(
    {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: LARGEST_HEADERS,
      connectionsCheckingInterval: 2_000,
    },
    listener,
  );
  server.maxConnections = MOST_CONNECTIONS;
  const connections = new Set<Socket>();
  server.on("connection", (socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => refuseRaw(error, socket, options.log));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return { server, stop: () => stop(server, connections, options.stopPatienceMs ?? STOP_PATIENCE_MS) };
}

/**
 * What is no HTTP is answered, closed, and leaves one line. A connection that its client ended, or opened and never used
 * (browsers do), is no fault.
 */
function refuseRaw(error: NodeJS.ErrnoException, socket: Socket, log: Log): void {
  if (error.code === "ECONNRESET" || !socket.writable || socket.bytesRead === 0) {
    socket.destroy();
    return;
  }
  const status = STATUS_OF[error.code ?? ""] ?? 400;
  log.warn({ status, reason: error.code }, "request refused");
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}`;
  socket.end(`${head}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
}

const STATUS_OF: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

async function stop(server: Server, connections: ReadonlySet<Socket>, patienceMs: number): Promise<void> {
  // From here on answers end their connections, so that a client with a kept one comes back to another process.
  server.prependListener("request", (_, response) => response.setHeader("connection", "close"));
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const closeUnused = () => {
    server.closeIdleConnections();
    // Idle to Node is only what has had a request: one that a client opened in advance would keep the stop waiting.
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  };
  closeUnused();
  // A request that runs when the stop begins leaves its connection open to others.
  const again = setInterval(closeUnused, CLOSE_UNUSED_MS);
  const cut = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearInterval(again);
  clearTimeout(cut);
}
