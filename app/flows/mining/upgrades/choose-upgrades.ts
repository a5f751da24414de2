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

type Candidate = ProductId | VariantId;

/** Never suggests the candidate, another product or a variant of its own, in place of the product again. */
export function hideUpgrade(shop: ShopDomain, product: ProductId, candidate: Candidate, context: FlowContext) {
  return decide(shop, { kind: "upgrade-hidden", product, candidate, save: saveHiddenUpgrade }, context);
}

/** Takes that back. Where it was never said, nothing happens: somebody else took it back. */
export function showUpgrade(shop: ShopDomain, product: ProductId, candidate: Candidate, context: FlowContext) {
  return takeBack(shop, { kind: "upgrade-shown", product, candidate, remove: deleteHiddenUpgrade }, context);
}

/** Lets shoppers see the candidate, another product, where an offer waits for a person's approval. */
export function approveUpgrade(shop: ShopDomain, product: ProductId, candidate: ProductId, context: FlowContext) {
  return decide(shop, { kind: "upgrade-approved", product, candidate, save: saveApprovedUpgrade }, context);
}

/** Takes an approval back. Where there is none, nothing happens. */
export function takeBackUpgrade(shop: ShopDomain, product: ProductId, candidate: ProductId, context: FlowContext) {
  return takeBack(shop, { kind: "upgrade-taken-back", product, candidate, remove: deleteApprovedUpgrade }, context);
}

interface Pair<Other extends Candidate> {
  readonly product: ProductId;
  readonly candidate: Other;
}

/** Saves a decision about a pair, and has it published. */
function decide<Other extends Candidate>(
  shop: ShopDomain,
  {
    kind,
    product,
    candidate,
    save,
  }: Pair<Other> & {
    readonly kind: "upgrade-hidden" | "upgrade-approved";
    readonly save: (tx: ShopTransaction, pair: Pair<Other>, now: Date) => Promise<void>;
  },
  context: FlowContext,
): Promise<UpgradeChoiceOutcome> {
  return inShop(context.database, shop, async (tx): Promise<UpgradeChoiceOutcome> => {
    if (product === (candidate as string)) return { code: "same-product" };
    const products = [product, ...(kind === "upgrade-approved" ? [candidate as ProductId] : [])];
    if (!(await productExists(tx, products))) return { code: "unknown-product" };
    await save(tx, { product, candidate }, context.now());
    await recordActivity(tx, context, { kind, product, other: candidate });
    await publishDecision(tx, product, context.now());
    return { code: "ok" };
  });
}

/** Removes a decision about a pair, and has that published. */
function takeBack<Other extends Candidate>(
  shop: ShopDomain,
  {
    kind,
    product,
    candidate,
    remove,
  }: Pair<Other> & {
    readonly kind: "upgrade-shown" | "upgrade-taken-back";
    readonly remove: (tx: ShopTransaction, pair: Pair<Other>) => Promise<unknown>;
  },
  context: FlowContext,
): Promise<UpgradeChoiceOutcome> {
  return inShop(context.database, shop, async (tx): Promise<UpgradeChoiceOutcome> => {
    await remove(tx, { product, candidate });
    await recordActivity(tx, context, { kind, product, other: candidate });
    await publishDecision(tx, product, context.now());
    return { code: "ok" };
  });
}

async function publishDecision(tx: ShopTransaction, product: ProductId, now: Date): Promise<void> {
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
