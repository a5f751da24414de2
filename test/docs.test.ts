import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const DOCS = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => `docs/${path}`),
];

/** Targets of links, without anchors, resolved against the page; addresses on the web are left out. */
function linkedFiles(page: string, text: string): string[] {
  const targets = Array.from(text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g), ([, target]) => target!);
  return targets.filter((target) => !/^[a-z]+:/.test(target)).map((target) => join(dirname(page), target));
}

/** Paths in backticks, from the root; patterns with a placeholder or a star are left out. */
function namedFiles(text: string): string[] {
  const paths = text.matchAll(/`((?:app|docs|extension-kit|extensions|prisma|scripts|test)\/[\w$./-]*)`/g);
  return Array.from(paths, ([, path]) => path!);
}

test.each(DOCS)("%s names only files that exist", (page) => {
  const text = readFileSync(join(ROOT, page), "utf8");
  // A decision tells of the files of its time, and the changelog of files that are gone.
  const named = page.startsWith("docs/decisions/") || page === "CHANGELOG.md" ? [] : namedFiles(text);
  const missing = [...linkedFiles(page, text), ...named].filter((path) => !existsSync(join(ROOT, path)));
  expect(missing).toEqual([]);
});

test("the README stays short enough to be read", () => {
  expect(readFileSync(join(ROOT, "README.md"), "utf8").split("\n").length).toBeLessThan(150);
});
