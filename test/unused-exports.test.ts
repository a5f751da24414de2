import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const FOLDERS = ["app", "extension-kit", "extensions", "scripts", "test"];
const SKIPPED = /(^|\/)(node_modules|build|dist|generated)\//;
/** Called by Remix, by its name; and the names of all of Shopify's events, of which themes use some. */
const CALLED_ELSEWHERE = /^(app\/entry\.server\.tsx|test\/dev-store\/storefront\/assets\/standard-events\.client\.js):/;

test("whatever is exported is named somewhere else", () => {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
  ).filter((file) => /\.(tsx?|m?js)$/.test(file) && !SKIPPED.test(file));
  const texts = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), "utf8")]));
  const times = new Map<string, number>();
  for (const text of texts.values()) {
    for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) times.set(word, (times.get(word) ?? 0) + 1);
  }
  const declared =
    /^export (?:async )?(?:const|let|function\*?|(?:abstract )?class|interface|type) ([A-Za-z_$][\w$]*)/gm;
  const unused = Array.from(texts).flatMap(([file, text]) =>
    Array.from(text.matchAll(declared), ([, name]) => (times.get(name!) === 1 ? [`${file}: ${name}`] : [])).flat(),
  );
  expect(files.length).toBeGreaterThan(1_000);
  expect(unused.filter((place) => !CALLED_ELSEWHERE.test(place))).toEqual([]);
});
