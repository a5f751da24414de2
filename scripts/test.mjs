// `npm test`: sets everything up, then runs every test: unit, extensions, browser journeys.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, nodeForTypeScript, ROOT } from "./setup/install.mjs";
import { fail } from "./setup/plain-error.mjs";

/** Adds up the reports that the runs left, and gives the closing line's two figures. */
function tally(reports) {
  let passed = 0;
  let failed = 0;
  for (const report of reports) {
    try {
      const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
      passed += numPassedTests;
      // A file that could not even be loaded has no failed test of its own, and is a failure.
      const unloaded = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
      failed += numFailedTests + unloaded.length;
    } catch {
      failed += 1;
    }
  }
  return { passed, failed };
}

try {
  ensureInstalled();
  const node = nodeForTypeScript();
  const { prepare } = await import("./setup/prepare.mjs");
  await prepare({ node });
  const { findBrowser } = await import("./setup/browser.mjs");
  const browser = await findBrowser();
  console.log(`Browser: ${browser.executablePath}`);

  const folder = join(ROOT, ".data", "test");
  mkdirSync(folder, { recursive: true });
  // Some hundred processes load the same packages: Node keeps what it compiled of them.
  const compiled = { NODE_COMPILE_CACHE: join(ROOT, ".data", "compile-cache") };
  const given = process.argv.slice(2);
  const runs =
    given.length > 0
      ? [["given", given]]
      : [
          ["unit", ["--project", "unit", "--project", "extensions"]],
          ["journeys", ["--project", "journeys"]],
        ];
  let status = 0;
  const reports = runs.map(([name, args]) => {
    const report = join(folder, `${name}.json`);
    const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
    const run = spawnSync(
      node,
      [vitest, "run", ...args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      { cwd: ROOT, stdio: "inherit", env: { ...compiled, ...process.env, CHROME_PATH: browser.executablePath } },
    );
    status ||= run.status ?? 1;
    return report;
  });
  const { passed, failed } = tally(reports);
  console.log(`\n${passed} passed, ${status !== 0 && failed === 0 ? 1 : failed} failed`);
  process.exit(status);
} catch (error) {
  fail(error);
}
