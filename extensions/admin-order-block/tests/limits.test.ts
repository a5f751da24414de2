import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { SURFACES } from "../../../app/domain/offers/surface.ts";

const extension = join(import.meta.dirname, "..");
const read = (name: string) => JSON.parse(readFileSync(join(extension, "locales", name), "utf8")) as object;
const keys = (value: object, path = ""): string[] =>
  Object.entries(value).flatMap(([key, of]) =>
    typeof of === "object" ? keys(of as object, `${path}${key}.`) : path + key,
  );

test("the bundle is at most 64 KB", () => {
  const { contents } = buildSync({
    ...{ entryPoints: [join(extension, "src/OrderOffers.tsx")], bundle: true, minify: true, write: false },
    ...{ format: "esm", target: "es2022", jsx: "automatic", jsxImportSource: "preact" },
  }).outputFiles[0]!;
  expect(contents.length).toBeGreaterThan(1_000);
  expect(contents.length).toBeLessThanOrEqual(64_000);
});

test("texts are the same keys in English and Japanese, those that the code uses, and one for every surface", () => {
  const known = keys(read("en.default.json"));
  expect(keys(read("ja.json"))).toEqual(known);
  const code = readdirSync(join(extension, "src"))
    .map((name) => readFileSync(join(extension, "src", name), "utf8"))
    .join("\n");
  const used = [...code.matchAll(/translate\("([A-Za-z.]+)"/g)].map((match) => match[1]!);
  expect(used.length).toBeGreaterThan(10);
  expect(known).toEqual(expect.arrayContaining([...used, ...SURFACES.map((surface) => `through.${surface}`)]));
});
