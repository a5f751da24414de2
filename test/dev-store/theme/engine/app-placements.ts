import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import {
  APP_BLOCK,
  type JsonTemplate,
  type LiquidSchema,
  type Placed,
  readSchema,
  readText,
  readThemeJson,
  settingsData,
  themeExtensions,
} from "./theme-files.ts";

/**
 * A theme as it is downloaded places no block of any app: a merchant adds them in the theme editor. For such a theme
 * the dev store does what that merchant would: a block for product pages goes behind the buy buttons, or in front of
 * them where it chooses the quantity to buy, any other into the cart page. App embeds of the body are switched on; those of
 * the head, which show nothing by themselves, only where somebody says so.
 */

/** The app's handle and the id that Shopify gives an extension stand in a block's type; the dev store reads neither. */
const typeOf = (block: string) => `shopify://apps/tsuide/blocks/${block}/0d3f5c0e-6a8e-4f0a-9c57-3b8a1f2d4e60`;

const keyOf = (block: string) => `app_${block.replaceAll("-", "_")}`;

function allBlocks(extensionsDir: string): { name: string; schema: LiquidSchema }[] {
  return themeExtensions(extensionsDir).flatMap((extension) => {
    const folder = join(extensionsDir, extension, "blocks");
    return readdirSync(folder).map((file) => ({
      name: basename(file, ".liquid"),
      schema: readSchema(readText(join(folder, file))!, file),
    }));
  });
}

const isEmbed = ({ target = "section" }: LiquidSchema) => target !== "section";

/** Templates that get a block where its schema names them, in a section of apps below what the theme has. */
const OTHER_PAGES = ["404", "collection", "index", "search"];

function appBlocksFor(extensionsDir: string, template: string): string[] {
  return allBlocks(extensionsDir)
    .filter(({ schema }) => !isEmbed(schema))
    .filter(({ schema: { enabled_on } }) =>
      OTHER_PAGES.includes(template)
        ? enabled_on?.templates?.includes(template)
        : (enabled_on?.templates?.includes("product") ? "product" : "cart") === template,
    )
    .map(({ name }) => name);
}

/**
 * The app embeds of a theme: those that are switched on in its settings, or all of the body where no merchant has edited
 * it; and those that the merchant has switched on by name.
 */
export function embedsOf(
  themeDir: string,
  extensionsDir: string,
  switchedOn: readonly string[] = [],
): Record<string, Placed> {
  const { blocks } = settingsData(themeDir);
  const isEdited = blocks !== undefined || themePlacesApp(themeDir);
  const embeds = allBlocks(extensionsDir).filter(
    ({ name, schema }) => switchedOn.includes(name) || (!isEdited && schema.target === "body"),
  );
  return { ...blocks, ...Object.fromEntries(embeds.map(({ name }) => [keyOf(name), { type: typeOf(name) }])) };
}

const placesApp = (placed: Placed): boolean =>
  APP_BLOCK.test(placed.type) || Object.values(placed.blocks ?? {}).some(placesApp);

/** Whether any template of the theme places a block of an app. */
function themePlacesApp(themeDir: string): boolean {
  return ["product", "cart"].some((name) => {
    const template = readThemeJson<JsonTemplate>(themeDir, `templates/${name}.json`);
    return Object.values(template?.sections ?? {}).some(placesApp);
  });
}

function schemaOf(themeDir: string, folder: "sections" | "blocks", type: string): LiquidSchema {
  const text = readText(join(themeDir, folder, `${type}.liquid`));
  return text === null ? {} : readSchema(text, `${folder}/${type}.liquid`);
}

const acceptsApp = (schema: LiquidSchema) => schema.blocks?.some(({ type }) => type === "@app") ?? false;
const isBuyButtons = (placed: Placed) => /^buy[-_]buttons$/.test(placed.type);

/** Every section and block of a template that takes app blocks, outer ones first. */
function holders(themeDir: string, template: JsonTemplate): Placed[] {
  const found: Placed[] = [];
  const visit = (placed: Placed, folder: "sections" | "blocks") => {
    if (placed.disabled) return;
    if (acceptsApp(schemaOf(themeDir, folder, placed.type))) found.push(placed);
    for (const block of Object.values(placed.blocks ?? {})) visit(block, "blocks");
  };
  for (const key of template.order) if (template.sections[key]) visit(template.sections[key], "sections");
  return found;
}

/** Blocks that choose what the buy buttons then add. */
const CHOOSES_QUANTITY: readonly string[] = ["quantity-breaks"];

function insert(holder: Placed, names: string[]): void {
  const blocks = (holder.blocks ??= {});
  const order = (holder.block_order ??= Object.keys(blocks));
  const buy = order.findIndex((key) => blocks[key] && isBuyButtons(blocks[key]));
  for (const name of names) blocks[keyOf(name)] = { type: typeOf(name) };
  const [before, behind] = [true, false].map((isBefore) =>
    names.filter((name) => CHOOSES_QUANTITY.includes(name) === isBefore).map(keyOf),
  ) as [string[], string[]];
  if (buy < 0) order.push(...before, ...behind);
  else order.splice(buy, 1, ...before, order[buy]!, ...behind);
}

/** A template as the theme has it, or with the app's blocks where a merchant would have put them. */
export function withAppBlocks(
  themeDir: string,
  extensionsDir: string,
  name: string,
  template: JsonTemplate,
): JsonTemplate {
  if (!["product", "cart", ...OTHER_PAGES].includes(name) || themePlacesApp(themeDir)) return template;
  const names = appBlocksFor(extensionsDir, name);
  const filled = structuredClone(template);
  if (OTHER_PAGES.includes(name) && names.length > 0 && readText(join(themeDir, "sections/apps.liquid")) !== null) {
    filled.sections.app_blocks = { type: "apps" };
    filled.order = [...filled.order, "app_blocks"];
    insert(filled.sections.app_blocks, names);
    return filled;
  }
  const places = holders(themeDir, filled);
  const holder = places.find(({ blocks }) => Object.values(blocks ?? {}).some(isBuyButtons)) ?? places[0];
  if (names.length > 0 && holder) insert(holder, names);
  return filled;
}
