/**
 * `npm run bench -- import FILE`: takes an order file in as the app does it for real. A dev store in this process
 * turns the file into a shop and its bulk operations into files; a child process runs the app's own import against
 * it, over HTTP, into PostgreSQL. The last line counts the child alone, from its start to its exit.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
// @ts-expect-error The set-up scripts are plain JavaScript: they run before anything is installed.
import { freePort } from "../../scripts/setup/postgres.mjs";
import { createDevStore } from "../dev-store/dev-store.ts";
import { httpServer } from "../dev-store/http/http-server.ts";
import { fillFromOrderFile } from "../dev-store/order-file/order-file.ts";
import { startBenchDatabase } from "./bench-database.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const APP = { apiKey: "bench-key", apiSecret: "bench-secret", url: "http://localhost:1" };
const DOMAIN = "tsuide-bench.myshopify.com";
/** As in `npm run worker`. */
const WORKER_FLAGS = ["--max-semi-space-size=8"];

const file = process.argv[2];
if (file === undefined) {
  console.error("Name an order file: npm run bench -- import FILE");
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "tsuide-bench-"));
const database = await startBenchDatabase(folder);
try {
  const { shop } = await fillFromOrderFile(file, { domain: DOMAIN, name: "Bench" });
  shop.installation.installed = true;
  const options = { shops: [shop], app: APP, deliver: async () => new Response(), filesFolder: join(folder, "files") };
  const port = await freePort();
  const store = createDevStore({ ...options, origin: `http://localhost:${port}` });
  const http = httpServer(store);
  await new Promise<void>((listening) => http.listen(port, "127.0.0.1", listening));
  const token = store.tokens.issueForTest(shop);
  const code = await runChild({
    DATABASE_URL: database.url,
    DEV_STORE_URL: `http://127.0.0.1:${port}`,
    BENCH_TOKEN: token,
  });
  http.close();
  store.close();
  process.exitCode = code;
} finally {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}

function runChild(env: Record<string, string>): Promise<number> {
  const redirect = join(ROOT, "test", "dev-store", "redirect.ts");
  const child = spawn(
    process.execPath,
    [...WORKER_FLAGS, "--import", redirect, join(import.meta.dirname, "import-child.ts")],
    {
      stdio: "inherit",
      env: { ...process.env, ...env, BENCH_SHOP: DOMAIN, BENCH_API_KEY: APP.apiKey, BENCH_API_SECRET: APP.apiSecret },
    },
  );
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}
