import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import type { RequestListener } from "node:http";
import type { Pages } from "./http-app.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** Where the build keeps files for browsers. */
export const CLIENT_FILES = join(ROOT, "build", "client");

/** The pages of the production build, their loaders given `context`. Throws one sentence where there is no build. */
export async function builtPages(context: AppLoadContext): Promise<Pages> {
  const file = join(ROOT, "build", "server", "index.js");
  const build = (await import(pathToFileURL(file).href).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND" || !error.message.includes(file)) throw error;
    throw new Error("There is no build of the app: run `npm run build` first.");
  })) as ServerBuild;
  const answer = createRequestHandler(build, "production");
  return (request) => answer(request, context);
}

/** The pages as their sources are now, and Vite's answers to what browsers ask of it. For developers. */
export async function pagesOfSources(
  context: AppLoadContext,
): Promise<{ pages: Pages; before: (next: RequestListener) => RequestListener }> {
  const { createServer } = await import("vite");
  const vite = await createServer({ root: ROOT, server: { middlewareMode: true } });
  const build = () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>;
  const answer = createRequestHandler(build, "development");
  return {
    pages: (request) => answer(request, context),
    before: (next) => (request, response) => vite.middlewares(request, response, () => void next(request, response)),
  };
}
