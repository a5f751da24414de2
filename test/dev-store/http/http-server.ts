import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { DevStore } from "../dev-store.ts";
import { reportFailure } from "./report-failure.ts";

function toRequest(incoming: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  const address = new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "localhost"}`);
  const method = incoming.method ?? "GET";
  if (method === "GET" || method === "HEAD") return new Request(address, { method, headers });
  const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
  return new Request(address, { method, headers, body, duplex: "half" } as RequestInit);
}

async function send(response: Response, outgoing: ServerResponse, withBody: boolean): Promise<void> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of response.headers) if (name !== "set-cookie") headers[name] = value;
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  outgoing.writeHead(response.status, headers);
  if (response.body === null || !withBody) {
    outgoing.end();
    return;
  }
  await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
}

/** Puts a dev store behind HTTP. A request that breaks it is answered with 500 and written to the console. */
export function httpServer(store: Pick<DevStore, "fetch">): Server {
  return createServer((incoming, outgoing) => {
    void (async () => {
      try {
        await send(await store.fetch(toRequest(incoming)), outgoing, incoming.method !== "HEAD");
      } catch (error) {
        // A reader that went away in the middle of a file is no error of ours.
        if (outgoing.headersSent) return outgoing.destroy();
        reportFailure(error);
        outgoing.writeHead(500, { "content-type": "text/plain" }).end("The dev store failed; see its console.");
      }
    })();
  });
}
