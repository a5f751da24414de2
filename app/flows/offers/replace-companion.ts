import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import type { CompanionChoice } from "../../domain/offers/types/bought-together/chosen-offer.ts";
import { productExists } from "../../persistence/catalogue/products.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { deleteChoice, readChoice, saveChoice } from "../../persistence/offers/choices.ts";
import { markPublishDue } from "../../persistence/publishing/publish-due.ts";
import { recordActivity } from "../activity/record-activity.ts";
import type { FlowContext } from "../context.ts";
import { requestPublish } from "../publishing/request-publish.ts";
import { type ChoiceOutcome, isOnePinTooMany } from "./choose-companion.ts";

/** A companion of one product, and the product that takes its place. */
export interface Replacement {
  readonly trigger: ProductId;
  readonly companion: ProductId;
  readonly by: ProductId;
}

type Kind = CompanionChoice["kind"] | null;

/** What was decided about the two before; null for nothing. */
export interface BeforeReplacement {
  readonly companion: Kind;
  readonly by: Kind;
}

/**
 * Puts a product in the place of a companion: the companion is never offered with this product any more, and the other
 * one always is. It takes the place of a pin that it replaces, and otherwise comes after the pins that are there.
 */
export function replaceCompanion(
  shop: ShopDomain,
  { trigger, companion, by }: Replacement,
  context: FlowContext,
): Promise<Exclude<ChoiceOutcome, { code: "ok" }> | { code: "ok"; before: BeforeReplacement }> {
  return inShop(context.database, shop, async (tx) => {
    if (by === trigger || by === companion) return { code: "same-product" };
    if (!(await productExists(tx, [trigger, companion, by]))) return { code: "unknown-product" };
    const replaced = await readChoice(tx, trigger, companion);
    const before = { companion: replaced?.kind ?? null, by: (await readChoice(tx, trigger, by))?.kind ?? null };
    const takesPlace = replaced?.kind === "pin";
    if (!takesPlace && (await isOnePinTooMany(tx, { trigger, companion: by, kind: "pin" }))) {
      return { code: "too-many-pins" };
    }
    await saveChoice(tx, { trigger, companion, kind: "block" }, context.now());
    const place = takesPlace ? replaced.chosenAt : context.now();
    await saveChoice(tx, { trigger, companion: by, kind: "pin" }, place);
    await recordActivity(tx, context, { kind: "companion-replaced", product: trigger, other: companion, by });
    await publishAgain(tx, trigger, context);
    return { code: "ok", before };
  });
}

/** Takes a replacement back: what was decided about the two before holds again. */
export function undoReplacement(
  shop: ShopDomain,
  { trigger, companion, by }: Replacement,
  before: BeforeReplacement,
  context: FlowContext,
): Promise<{ code: "ok" }> {
  return inShop(context.database, shop, async (tx) => {
    await restore(tx, { trigger, companion, kind: "block" }, before.companion, context.now());
    await restore(tx, { trigger, companion: by, kind: "pin" }, before.by, context.now());
    await recordActivity(tx, context, { kind: "replacement-undone", product: trigger, other: companion, by });
    await publishAgain(tx, trigger, context);
    return { code: "ok" };
  });
}

/** Puts an earlier decision in place of one; what somebody has decided otherwise since stays. */
async function restore(tx: ShopTransaction, choice: CompanionChoice, before: Kind, now: Date): Promise<void> {
  const stored = await readChoice(tx, choice.trigger, choice.companion);
  if (stored?.kind !== choice.kind) return;
  if (before === null) await deleteChoice(tx, choice);
  else await saveChoice(tx, { ...choice, kind: before }, now);
}

async function publishAgain(tx: ShopTransaction, trigger: ProductId, context: FlowContext): Promise<void> {
  await markPublishDue(tx, [trigger]);
  await requestPublish(tx, context.now());
}
