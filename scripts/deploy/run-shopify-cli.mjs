// `npm run deploy`, `npm run dev` and `npm run link`: Shopify CLI of the version that the extensions are checked with, on the Node
// that the packages bring, after everything that it builds from has been made.
import { spawn, spawnSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { ensureInstalled, nodeForTypeScript, ROOT } from "../setup/install.mjs";
import { fail } from "../setup/plain-error.mjs";

try {
  ensureInstalled();
  const node = nodeForTypeScript();
  const { prepare } = await import("../setup/prepare.mjs");
  await prepare({ node });
  const { writeFunctionSchemas } = await import("./function-schema.mjs");
  await writeFunctionSchemas(ROOT);
  // The CLI uploads what it finds in the theme extension's assets: during development they follow their sources.
  const builder = join(ROOT, "scripts", "setup", "theme-assets.mjs");
  const watcher = process.argv[2] === "dev" ? spawn(node, [builder, "--watch"], { cwd: ROOT, stdio: "inherit" }) : null;
  const { shipLiquid } = await import("./shipped-liquid.mjs");
  const isDeployed = process.argv[2] === "deploy";
  const restoreLiquid = isDeployed ? shipLiquid(join(ROOT, "extensions", "theme-offers")) : () => {};
  const cli = join(ROOT, "node_modules", "@shopify", "cli", "bin", "run.js");
  const run = spawnSync(node, [cli, "app", ...process.argv.slice(2), "--path", ROOT], {
    cwd: ROOT,
    stdio: "inherit",
    // What the CLI starts in its turn must find the same Node, not an older one that is installed beside it.
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` },
  });
  watcher?.kill();
  restoreLiquid();
  // The CLI has connected the module in place to Shopify's own; tests and the dev store want it as it was compiled.
  const { buildFunction } = await import("../functions/build-function.mjs");
  await buildFunction();
  process.exit(run.status ?? 1);
} catch (error) {
  fail(error);
}
