import type { ProductId, ShopDomain, VariantId } from "../../../domain/ids.ts";
import { upgrades } from "../../../domain/settings/upgrades.ts";
import { deleteHiddenUpgrade, saveHiddenUpgrade } from "../../../persistence/mining/upgrades/hidden-upgrades.ts";
import { deleteApprovedUpgrade, saveApprovedUpgrade } from "../../../persistence/mining/upgrades/approved-upgrades.ts";
import { inShop, type ShopTransaction } from "../../../persistence/database/in-shop.ts";
import { productExists } from "../../../persistence/catalogue/products.ts";
import { readShopSettings, saveApart } from "../../../persistence/settings/settings.ts";
import { startUpgradeRun } from "../../../persistence/mining/upgrades/upgrades.ts";
import { markPublishDue } from "../../../persistence/publishing/publish-due.ts";
import type { FlowContext } from "../../context.ts";
import { recordActivity } from "../../activity/record-activity.ts";
import { requestPublish } from "../../publishing/request-publish.ts";
import { enqueue } from "../../../queue/enqueue.ts";

export type UpgradeChoiceOutcome = { code: "ok" } | { code: "unknown-product" } | { code: "same-product" };

/** Never suggests the candidate, another product or a variant of its own, in place of the product again. */
export function hideUpgrade(
  shop: ShopDomain,
  product: ProductId,
  candidate: ProductId | VariantId,
  context: FlowContext,
): Promise<UpgradeChoiceOutcome> {
  return inShop(context.database, shop, async (tx): Promise<UpgradeChoiceOutcome> => {
    if (product === (candidate as string)) return { code: "same-product" };
    if (!(await productExists(tx, [product]))) return { code: "unknown-product" };
    await saveHiddenUpgrade(tx, { product, candidate }, context.now());
    await recordActivity(tx, context, { kind: "upgrade-hidden", product, other: candidate });
    await decided(tx, product, context.now());
    return { code: "ok" };
  });
}

/** Takes that back. Where it was never said, nothing happens: somebody else took it back. */
export function showUpgrade(
  shop: ShopDomain,
  product: ProductId,
  candidate: ProductId | VariantId,
  context: FlowContext,
): Promise<UpgradeChoiceOutcome> {
  return inShop(context.database, shop, async (tx): Promise<UpgradeChoiceOutcome> => {
    await deleteHiddenUpgrade(tx, { product, candidate });
    await recordActivity(tx, context, { kind: "upgrade-shown", product, other: candidate });
    await decided(tx, product, context.now());
    return { code: "ok" };
  });
}

/** Lets shoppers see the candidate, another product, where an offer waits for a person's approval. */
export function approveUpgrade(
  shop: ShopDomain,
  product: ProductId,
  candidate: ProductId,
  context: FlowContext,
): Promise<UpgradeChoiceOutcome> {
  return inShop(context.database, shop, async (tx): Promise<UpgradeChoiceOutcome> => {
    if (product === candidate) return { code: "same-product" };
    if (!(await productExists(tx, [product, candidate]))) return { code: "unknown-product" };
    await saveApprovedUpgrade(tx, { product, candidate }, context.now());
    await recordActivity(tx, context, { kind: "upgrade-approved", product, other: candidate });
    await decided(tx, product, context.now());
    return { code: "ok" };
  });
}

/** Takes an approval back. Where there is none, nothing happens. */
export function takeBackUpgrade(
  shop: ShopDomain,
  product: ProductId,
  candidate: ProductId,
  context: FlowContext,
): Promise<UpgradeChoiceOutcome> {
  return inShop(context.database, shop, async (tx): Promise<UpgradeChoiceOutcome> => {
    await deleteApprovedUpgrade(tx, { product, candidate });
    await recordActivity(tx, context, { kind: "upgrade-taken-back", product, other: candidate });
    await decided(tx, product, context.now());
    return { code: "ok" };
  });
}

/** Has what a person decided about the upgrades of a product published. */
async function decided(tx: ShopTransaction, product: ProductId, now: Date): Promise<void> {
  await markPublishDue(tx, [product]);
  await requestPublish(tx, now);
}

/** Sets what an upgrade may cost at most, in percent of what it replaces, and has upgrades found again. */
export function setUpgradeCap(
  shop: ShopDomain,
  percent: number,
  context: FlowContext,
): Promise<{ code: "saved" } | { code: "invalid" }> {
  return inShop(context.database, shop, async (tx): Promise<{ code: "saved" } | { code: "invalid" }> => {
    if (!upgrades.parse({ upgradeCapPercent: percent }).ok) return { code: "invalid" };
    if ((await readShopSettings(tx)).upgradeCapPercent !== percent) {
      await saveApart(tx, { upgradeCapPercent: percent });
      await recordActivity(tx, context, { kind: "upgrade-limit-set" });
      await startUpgradeRun(tx, context.now());
      await enqueue(tx, "find-upgrades");
    }
    return { code: "saved" };
  });
}
