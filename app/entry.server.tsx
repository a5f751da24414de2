import {
  type AppLoadContext,
  createReadableStreamFromReadable,
  type DataFunctionArgs,
  type EntryContext,
} from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { documentStream } from "./server/document-stream.server.ts";
import { loadAllMessages } from "./ui/kit/i18n.ts";

/** A page that has not come by then is given up; pages wait for nothing slower than the database. */
const ABORT_AFTER_MS = 6000;

/**
 * Renders a document. Shopify's headers (who may frame the page, what to preload) are set here for every page;
 * crawlers get the page when it is complete, people as soon as its shell is.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { flows, shopify }: AppLoadContext,
) {
  await loadAllMessages();
  shopify.addDocumentResponseHeaders(request, headers);
  const readyEvent = isbot(request.headers.get("user-agent") ?? "") ? "onAllReady" : "onShellReady";
  return new Promise<Response>((resolve, reject) => {
    let responseStatus = status;
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={remixContext} url={request.url} />, {
      [readyEvent]() {
        const body = documentStream();
        headers.set("Content-Type", "text/html; charset=utf-8");
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status: responseStatus }));
        pipe(body);
      },
      onShellError: reject,
      onError(error) {
        responseStatus = 500;
        flows.log.error({ err: error }, "a page could not be rendered");
      },
    });
    setTimeout(abort, ABORT_AFTER_MS).unref();
  });
}

/**
 * One log line for what a loader or action threw. A request that its sender gave up is no fault, and an address that
 * does not exist is in the access log already.
 */
export function handleError(error: unknown, { request, context }: DataFunctionArgs): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  const { pathname } = new URL(request.url);
  context.flows.log.error({ err: error, method: request.method, path: pathname }, "a request failed");
}
