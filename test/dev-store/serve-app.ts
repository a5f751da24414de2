/**
 * `node test/dev-store/serve-app.ts`: serves the app's production build in the demo. The app says that only Shopify may
 * frame it and preloads App Bridge from Shopify's CDN; both are put right for the dev store on the way out, also on
 * responses that a route throws. Environment: PORT (4001), DEV_STORE_URL (http://localhost:4000).
 */
import { createRequestHandler } from "@remix-run/express";
import express, { type NextFunction, type Request, type Response } from "express";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "../..");
const port = Number(process.env.PORT ?? 4001);
const devStore = new URL(process.env.DEV_STORE_URL ?? "http://localhost:4000").origin;

/** Lets the dev store frame the app, and drops the preload of a script that is not used here. */
function forDevStore(_request: Request, response: Response, next: NextFunction): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => Response;
  response.writeHead = ((...args: unknown[]) => {
    const policy = response.getHeader("content-security-policy");
    if (policy !== undefined) {
      const allowed = String(policy).replace(/frame-ancestors\s+([^;]*)/, `frame-ancestors $1 ${devStore}`);
      response.setHeader("content-security-policy", allowed);
    }
    response.removeHeader("link");
    return writeHead(...args);
  }) as typeof response.writeHead;
  next();
}

const build = (await import(pathToFileURL(join(root, "build/server/index.js")).href)) as Parameters<
  typeof createRequestHandler
>[0]["build"];
const app = express();
app.disable("x-powered-by");
app.use(forDevStore);
app.use("/assets", express.static(join(root, "build/client/assets"), { immutable: true, maxAge: "1y" }));
app.use(express.static(join(root, "build/client"), { maxAge: "1h" }));
app.all("*", createRequestHandler({ build, mode: "production" }));

const server = app.listen(port, "127.0.0.1", () => console.log(`App at http://localhost:${port}/`));
server.on("error", (error: NodeJS.ErrnoException) => {
  console.error(error.code === "EADDRINUSE" ? `Port ${port} is in use.` : error.message);
  process.exit(1);
});
const stop = () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 3000).unref();
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
