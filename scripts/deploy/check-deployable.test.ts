import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
// @ts-expect-error The deployment scripts are plain JavaScript: they run before anything is built.
import { checkDeployable } from "./check-deployable.mjs";

const ROOT = join(import.meta.dirname, "..", "..");
const check = checkDeployable as (directory: string) => Promise<{ faults: string[]; notes: string[] }>;

const copies: string[] = [];
afterEach(() => copies.splice(0).forEach((copy) => rmSync(copy, { recursive: true, force: true })));

/** A copy of the app with its theme extension alone, to break something in. */
function copyOfApp(): { directory: string; theme: string } {
  mkdirSync(join(ROOT, ".data", "test"), { recursive: true });
  const directory = mkdtempSync(join(ROOT, ".data", "test", "deploy-"));
  copies.push(directory);
  const theme = join("extensions", "theme-offers");
  cpSync(join(ROOT, theme), join(directory, theme), { recursive: true });
  for (const file of ["shopify.app.toml", "package.json"]) cpSync(join(ROOT, file), join(directory, file));
  return { directory, theme: join(directory, theme) };
}

const edit = (file: string, from: string, to: string) => {
  const text = readFileSync(file, "utf8");
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
};

test("Shopify CLI has nothing against deploying this app", async () => {
  const { faults, notes } = await check(ROOT);
  expect(faults).toEqual([]);
  expect(notes.map((note) => note.split(":")[0]).sort()).toEqual(
    expect.arrayContaining(["checkout-offers", "offer-discount", "theme-offers"]),
  );
  expect(notes.find((note) => note.startsWith("offer-discount"))).toMatch(/[\d,]+ of 256,000 bytes of module/);
});

test("a folder that theme extensions may not have is a fault", async () => {
  const { directory, theme } = copyOfApp();
  mkdirSync(join(theme, "tests"));
  writeFileSync(join(theme, "tests", "blocks.test.ts"), "");
  expect((await check(directory)).faults).toEqual([expect.stringMatching(/theme-offers: .*unsupported directory/)]);
});

test("assets that have not been built are a fault", async () => {
  const { directory, theme } = copyOfApp();
  rmSync(join(theme, "assets", "tsuide.js"));
  expect((await check(directory)).faults).toEqual([expect.stringContaining("assets/tsuide.js is missing")]);
});

test("a block that is not Liquid is a fault", async () => {
  const { directory, theme } = copyOfApp();
  writeFileSync(join(theme, "blocks", "notes.txt"), "");
  expect((await check(directory)).faults).toEqual([
    expect.stringContaining("Only .liquid files are allowed in blocks"),
  ]);
});

test("more Liquid than Shopify takes is a fault", async () => {
  const { directory, theme } = copyOfApp();
  writeFileSync(join(theme, "snippets", "long.liquid"), "x".repeat(110_000));
  expect((await check(directory)).faults).toEqual([
    expect.stringMatching(/too large: [\d,]+ of 102,400 bytes of Liquid/),
  ]);
});

test("a setting of the app that Shopify does not know is a fault", async () => {
  const { directory } = copyOfApp();
  edit(join(directory, "shopify.app.toml"), 'application_url = "https', 'application_url = "ftp');
  const { faults } = await check(directory);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain("application_url");
});
