// `npm test`: sets everything up, then runs every test: unit, extensions, browser journeys.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { ensureInstalled, nodeForTypeScript, ROOT } from "./setup/install.mjs";
import { fail } from "./setup/plain-error.mjs";

/** Adds up the reports that the runs left: how many tests passed and failed, and the title of each that failed. */
function tally(reports) {
  let passed = 0;
  let failed = 0;
  const titles = [];
  for (const report of reports) {
    try {
      const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
      passed += numPassedTests;
      // A file that could not even be loaded has no failed test of its own, and is a failure.
      const unloaded = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
      failed += numFailedTests + unloaded.length;
      for (const { name, assertionResults } of testResults) {
        const file = relative(ROOT, name);
        for (const { status, fullName } of assertionResults)
          if (status === "failed") titles.push(`${file}: ${fullName}`);
      }
      titles.push(...unloaded.map(({ name }) => `${relative(ROOT, name)} could not be loaded`));
    } catch {
      failed += 1;
      titles.push(`${basename(report)} was not written: the run ended early`);
    }
  }
  return { passed, failed, titles };
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
          ["unit", ["--project", "pure", "--project", "unit", "--project", "extensions"]],
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
  const { passed, failed, titles } = tally(reports);
  // A log of an hour is cut at its beginning by who stores it: what failed stands at its end.
  if (titles.length > 0) console.log(`\nFailed:\n${titles.map((title) => `- ${title}`).join("\n")}`);
  console.log(`\n${passed} passed, ${status !== 0 && failed === 0 ? 1 : failed} failed`);
  process.exit(status);
} catch (error) {
  fail(error);
}
