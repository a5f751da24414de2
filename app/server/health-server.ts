import type { Health } from "../flows/shop/read-health.ts";
import type { Log } from "./log.ts";
import { listen, type Listener } from "./listener.ts";

/** Answers `/health`, and nothing else, for a program that has no pages. */
export function startHealthServer(options: {
  port: number;
  host: string | null;
  log: Log;
  health: () => Promise<Health>;
}): Promise<Listener> {
  const { port, host, log, health } = options;
  return listen(
    (request, response) => {
      if (request.url !== "/health" || (request.method !== "GET" && request.method !== "HEAD")) {
        response.writeHead(404).end();
        return;
      }
      void health().then((state) => {
        const headers = { "content-type": "application/json", "cache-control": "no-store" };
        response.writeHead(state.status === "ok" ? 200 : 503, headers).end(JSON.stringify(state));
      });
    },
    { port, log, ...(host === null ? {} : { host }) },
  );
}
