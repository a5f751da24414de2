// `npm run validate`: what a change must pass before it is offered: format, lint, types, build, what Shopify CLI
// checks before it uploads the extensions, tests and size budgets.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, nodeForTypeScript, ROOT } from "./setup/install.mjs";
import { fail, PlainError } from "./setup/plain-error.mjs";

try {
  ensureInstalled();
  const node = nodeForTypeScript();
  const { prepare } = await import("./setup/prepare.mjs");
  await prepare({ node });
  const at = (path) => join(ROOT, "node_modules", path);
  // The size budgets (theme JavaScript, extension bundles, the Function's queries) are tests, and run with them.
  const steps = [
    ["Format", [at("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."]],
    ["Lint", [at("eslint/bin/eslint.js"), "--max-warnings", "0", "."]],
    ["Types", [at("typescript/bin/tsc"), "--noEmit"]],
    ["Build", [at("@remix-run/dev/dist/cli.js"), "vite:build"]],
    ["Deployment", [join(ROOT, "scripts", "deploy", "check-deployable.mjs")]],
    ["Tests and size budgets", [join(ROOT, "scripts", "test.mjs")]],
  ];
  for (const [name, args] of steps) {
    console.log(`\n${name}`);
    if (spawnSync(node, args, { cwd: ROOT, stdio: "inherit" }).status !== 0) throw new PlainError(`${name}: failed.`);
  }
} catch (error) {
  fail(error);
}
