import { parseGid, type ProductId, type ShopDomain, type VariantId } from "../../../domain/ids.ts";
import { upgrades } from "../../../domain/settings/upgrades.ts";
import { deleteHiddenUpgrade, saveHiddenUpgrade } from "../../../persistence/mining/upgrades/hidden-upgrades.ts";
import { deleteApprovedUpgrade, saveApprovedUpgrade } from "../../../persistence/mining/upgrades/approved-upgrades.ts";
import { inShop, type ShopTransaction } from "../../../persistence/database/in-shop.ts";
import { productExists } from "../../../persistence/catalogue/products.ts";
import { readShopSettings, saveApart } from "../../../persistence/settings/settings.ts";
import { readVariantPrices, startUpgradeRun } from "../../../persistence/mining/upgrades/upgrades.ts";
import type { DecidedUpgrade } from "../../../persistence/mining/upgrades/candidate.ts";
import type { Candidate } from "../../../domain/mining/upgrades/candidate.ts";
import { markPublishDue } from "../../../persistence/publishing/publish-due.ts";
import type { FlowContext } from "../../context.ts";
import { recordActivity } from "../../activity/record-activity.ts";
import { requestPublish } from "../../publishing/request-publish.ts";
import { enqueue } from "../../../queue/enqueue.ts";

export type UpgradeChoiceOutcome = { code: "ok" } | { code: "unknown-product" } | { code: "same-product" };

/** Never suggests the candidates, other products or variants of its own, in place of the product again. */
export function hideUpgrade(
  shop: ShopDomain,
  product: ProductId,
  candidates: readonly Candidate[],
  context: FlowContext,
): Promise<UpgradeChoiceOutcome> {
  return decide(shop, { kind: "upgrade-hidden", product, candidates, save: saveHiddenUpgrade }, context);
}

/** Takes that back. Where it was never said, nothing happens: somebody else took it back. */
export function showUpgrade(
  shop: ShopDomain,
  product: ProductId,
  candidates: readonly Candidate[],
  context: FlowContext,
): Promise<UpgradeChoiceOutcome> {
  return takeBack(shop, { kind: "upgrade-shown", product, candidates, remove: deleteHiddenUpgrade }, context);
}

/** Lets shoppers see the candidates in place of the product, where an offer waits for a person's approval. */
export function approveUpgrade(
  shop: ShopDomain,
  product: ProductId,
  candidates: readonly Candidate[],
  context: FlowContext,
): Promise<UpgradeChoiceOutcome> {
  return decide(shop, { kind: "upgrade-approved", product, candidates, save: saveApprovedUpgrade }, context);
}

/** Takes approvals back. Where there is none, nothing happens. */
export function takeBackUpgrade(
  shop: ShopDomain,
  product: ProductId,
  candidates: readonly Candidate[],
  context: FlowContext,
): Promise<UpgradeChoiceOutcome> {
  return takeBack(shop, { kind: "upgrade-taken-back", product, candidates, remove: deleteApprovedUpgrade }, context);
}

interface Decision {
  readonly product: ProductId;
  /** What one decision is about: a product, or the variants that are one choice to a shopper. */
  readonly candidates: readonly Candidate[];
}

/** Saves a decision, and has it published. */
function decide(
  shop: ShopDomain,
  {
    kind,
    product,
    candidates,
    save,
  }: Decision & {
    readonly kind: "upgrade-hidden" | "upgrade-approved";
    readonly save: (tx: ShopTransaction, decided: DecidedUpgrade, now: Date) => Promise<void>;
  },
  context: FlowContext,
): Promise<UpgradeChoiceOutcome> {
  return inShop(context.database, shop, async (tx): Promise<UpgradeChoiceOutcome> => {
    if (candidates.some((candidate) => candidate === product)) return { code: "same-product" };
    const isKnown = kind === "upgrade-approved" ? await areThere(tx, product, candidates) : true;
    if (!isKnown || !(await productExists(tx, [product]))) return { code: "unknown-product" };
    for (const candidate of candidates) await save(tx, { product, candidate }, context.now());
    await recordDecision(tx, { kind, product, candidates }, context);
    return { code: "ok" };
  });
}

/** Removes a decision, and has that published. */
function takeBack(
  shop: ShopDomain,
  {
    kind,
    product,
    candidates,
    remove,
  }: Decision & {
    readonly kind: "upgrade-shown" | "upgrade-taken-back";
    readonly remove: (tx: ShopTransaction, decided: DecidedUpgrade) => Promise<unknown>;
  },
  context: FlowContext,
): Promise<UpgradeChoiceOutcome> {
  return inShop(context.database, shop, async (tx): Promise<UpgradeChoiceOutcome> => {
    for (const candidate of candidates) await remove(tx, { product, candidate });
    await recordDecision(tx, { kind, product, candidates }, context);
    return { code: "ok" };
  });
}

/** Whether the candidates are products of the shop, or variants of the product. */
async function areThere(tx: ShopTransaction, product: ProductId, candidates: readonly Candidate[]): Promise<boolean> {
  const ids = candidates.flatMap((one) => one.split(">"));
  const others = ids.flatMap((one) => parseGid("Product", one) ?? []);
  const variants = await readVariantPrices(tx, [product]);
  const isThere = (one: string) => variants.has(one as VariantId) || others.includes(one as ProductId);
  return ids.every(isThere) && (others.length === 0 || (await productExists(tx, others)));
}

/** Variants of one decision stand in the log once. */
async function recordDecision(
  tx: ShopTransaction,
  {
    kind,
    product,
    candidates,
  }: Decision & {
    readonly kind: "upgrade-hidden" | "upgrade-approved" | "upgrade-shown" | "upgrade-taken-back";
  },
  context: FlowContext,
): Promise<void> {
  const [other] = candidates;
  if (other === undefined) return;
  await recordActivity(tx, context, { kind, product, other });
  await publishDecision(tx, product, context.now());
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
