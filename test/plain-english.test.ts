import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/**
 * How often a word of the glossary's table is still written, where it is at all. Only ever lower a number here, and
 * delete it at 0.
 */
const REMAINING: Readonly<Record<string, number>> = {};

const ROOT = join(import.meta.dirname, "..");
const FOLDERS = [".github", "app", "docs", "extension-kit", "extensions", "prisma", "scripts", "test"];
const GLOSSARY = "docs/glossary.md";
/** The schema is Shopify's, written before each deployment. */
const NOT_OURS = new Set([GLOSSARY, "test/plain-english.test.ts", "extensions/offer-discount/schema.graphql"]);
/** A migration that has landed is never edited. */
const SKIPPED_FOLDERS = new Set(["node_modules", "build", "dist", "generated", "migrations"]);
const TEXT_FILE = /(\.(ts|tsx|js|mjs|c|md|json|liquid|css|graphql|sql|prisma|toml|yml|html|example)|Dockerfile)$/;

/** The words in backticks of the first column under "Words to avoid", in lower case. */
function wordsToAvoid(): string[] {
  const table = readFileSync(join(ROOT, GLOSSARY), "utf8").split("## Words to avoid")[1]!;
  const firstColumn = table.split("\n").flatMap((row) => /^\| (`.*?) *\|/.exec(row)?.[1] ?? []);
  return firstColumn.flatMap((cell) => Array.from(cell.matchAll(/`([^`]+)`/g), ([, word]) => plainWords(word!)));
}

/** Takes identifiers apart ("countsWithNews" -> "counts with news"), so that they are read as sentences are. */
function plainWords(text: string): string {
  return text.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
}

function textFiles(): string[] {
  const inFolders = FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap(filesBelow);
  const atRoot = readdirSync(ROOT).filter((name) => TEXT_FILE.test(name) && name !== "package-lock.json");
  return [...inFolders, ...atRoot].filter((path) => !NOT_OURS.has(path));
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : filesBelow(path);
    return TEXT_FILE.test(entry.name) ? [path] : [];
  });
}

/** Every place of `word`, as "path:line". */
function placesOf(word: string, files: ReadonlyMap<string, readonly string[]>): string[] {
  const pattern = new RegExp(`\\b${word}\\b`, "g");
  return Array.from(files).flatMap(([path, lines]) =>
    lines.flatMap((line, n) => Array.from(line.matchAll(pattern), () => `${path}:${n + 1}`)),
  );
}

const files = new Map(
  textFiles().map((path) => [path, readFileSync(join(ROOT, path), "utf8").split("\n").map(plainWords)]),
);

test("the glossary's table and the project's files are read", () => {
  expect(wordsToAvoid()).toContain("news");
  expect(files.size).toBeGreaterThan(500);
  // Shown in Shopify's admin, or read by whoever works on the database.
  for (const file of ["shopify.app.toml", "prisma/schema.prisma", "eslint.config.js"])
    expect(files.has(file)).toBe(true);
  const sample = new Map([["sample.ts", ["countsWithNews(news)", "newsletter"].map(plainWords)]]);
  expect(placesOf("news", sample)).toEqual(["sample.ts:1", "sample.ts:1"]);
});

test.each(wordsToAvoid())("writes %s nowhere, as the glossary asks", (word) => {
  const places = placesOf(word, files);
  if (places.length > (REMAINING[word] ?? 0)) expect(places).toEqual([]);
});

test("lists no remaining word that the glossary does not name", () => {
  expect(Object.keys(REMAINING).filter((word) => !wordsToAvoid().includes(word))).toEqual([]);
});
