import type { ShopDomain } from "../../domain/ids.ts";
import { compatibilityRules, MOST_RULES } from "../../domain/offers/compatibility/compatibility-rules.ts";
import { readFitsFile } from "../../domain/offers/compatibility/fits-file.ts";
import { type FitsName, rulesOfRows, TAG_CELL } from "../../domain/offers/compatibility/rules-of-rows.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import {
  readCompatibilityRules,
  readProductsNamed,
  saveCompatibilityRules,
} from "../../persistence/offers/compatibility.ts";
import { markTypeDue } from "../../persistence/publishing/publish-due.ts";
import { holdShop } from "../../persistence/shop/shops.ts";
import type { CompatibilityView, FitsImport } from "../../views/compatibility-view.ts";
import { recordActivity } from "../activity/record-activity.ts";
import type { FlowContext } from "../context.ts";
import { requestPublish } from "../publishing/request-publish.ts";

/** What the page of compatibility shows. */
export function readCompatibilityPage(shop: ShopDomain, context: FlowContext): Promise<CompatibilityView> {
  return inShop(context.database, shop, readCompatibilityRules);
}

export type CompatibilityAnswer =
  { code: "saved"; version: number } | { code: "stale" } | { code: "invalid"; errors: Record<string, string> };

/**
 * Saves what goes only with what, in place of all that was stated before, and has the offers that suggest something
 * decided again. `stale` where somebody saved since the version `seen`; a code for every field that is wrong.
 */
export function saveCompatibility(
  shop: ShopDomain,
  stated: unknown,
  seen: number,
  context: FlowContext,
): Promise<CompatibilityAnswer> {
  return inShop(context.database, shop, async (tx): Promise<CompatibilityAnswer> => {
    // Two saves at one moment would otherwise both find the version that they were made from.
    await holdShop(tx);
    if ((await readCompatibilityRules(tx)).version !== seen) return { code: "stale" };
    const parsed = compatibilityRules.parse(stated);
    if (!parsed.ok) {
      return { code: "invalid", errors: Object.fromEntries(parsed.refusals.map(({ path, code }) => [path, code])) };
    }
    const version = await saveCompatibilityRules(tx, parsed.value);
    await recordActivity(tx, context, { kind: "compatibility-saved" });
    await markTypeDue(tx, "bought-together");
    await markTypeDue(tx, "upgrade");
    await requestPublish(tx, context.now(), 0);
    return { code: "saved", version };
  });
}

/**
 * Reads a list of what fits what. Saves nothing.
 *
 * @param stated How many rules there are already.
 */
export function importFits(shop: ShopDomain, text: string, stated: number, context: FlowContext): Promise<FitsImport> {
  const file = readFitsFile(text);
  if (typeof file === "string") return Promise.resolve({ code: file });
  return inShop(context.database, shop, async (tx): Promise<FitsImport> => {
    const cells = file.rows.flatMap(({ product, fits }) => [product, fits]);
    const products = await readProductsNamed(
      tx,
      cells.filter((cell) => !TAG_CELL.test(cell)),
    );
    const nameOf = (cell: string): FitsName => {
      const tag = TAG_CELL.exec(cell)?.[1]?.trim();
      if (tag !== undefined) return { kind: "tag", tag };
      const [product, ...others] = products.get(cell.toLowerCase()) ?? [];
      if (product === undefined) return { kind: "unknown" };
      return others.length > 0 ? { kind: "ambiguous" } : { kind: "product", product };
    };
    const room = Math.max(0, MOST_RULES - stated);
    const imported = rulesOfRows(file.rows, nameOf, room);
    return { code: "read", rows: file.rows.length, unreadable: file.unreadable, ...imported };
  });
}
