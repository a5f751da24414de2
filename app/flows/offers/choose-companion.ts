import type { ShopDomain } from "../../domain/ids.ts";
import type { CompanionChoice } from "../../domain/offers/types/bought-together/chosen-offer.ts";
import { LISTED_COMPANIONS } from "../../domain/shoppers/list-lengths.ts";
import { productExists } from "../../persistence/catalogue/products.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { deleteChoice, readChoices, saveChoice } from "../../persistence/offers/choices.ts";
import { markPublishDue } from "../../persistence/publishing/publish-due.ts";
import type { Activity, PAIR_ACTIVITIES } from "../../domain/shop/activity.ts";
import type { FlowContext } from "../context.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { requestPublish } from "../publishing/request-publish.ts";

export type ChoiceOutcome =
  { code: "ok" } | { code: "unknown-product" } | { code: "same-product" } | { code: "too-many-pins" };

/** A decision that staff take pair by pair. */
export type PersonsChoice = CompanionChoice & { readonly kind: "pin" | "block" };

/** More pins than are ever shown would have no effect. */
const MOST_PINS = LISTED_COMPANIONS;

/**
 * Stores a person's decision about one companion of one product and has it published. A pin has the companion offered
 * whatever its evidence, as long as it is for sale; a block keeps it out. Each replaces the other for the same pair, and
 * repeating a decision changes nothing.
 */
export function chooseCompanion(shop: ShopDomain, choice: PersonsChoice, context: FlowContext): Promise<ChoiceOutcome> {
  return inShop(context.database, shop, async (tx) => {
    if (choice.trigger === choice.companion) return { code: "same-product" };
    if (!(await productExists(tx, [choice.trigger, choice.companion]))) return { code: "unknown-product" };
    if (await isOnePinTooMany(tx, choice)) return { code: "too-many-pins" };
    await saveChoice(tx, choice, context.now());
    await recordActivity(tx, context, activityOf(`companion-${choice.kind}`, choice));
    await markPublishDue(tx, [choice.trigger]);
    await requestPublish(tx, context.now());
    return { code: "ok" };
  });
}

/** Takes a decision back and leaves the companion to its evidence. A decision that is not there is no error. */
export function takeBackChoice(shop: ShopDomain, choice: PersonsChoice, context: FlowContext): Promise<{ code: "ok" }> {
  return inShop(context.database, shop, async (tx) => {
    await deleteChoice(tx, choice);
    await recordActivity(tx, context, activityOf(`companion-un${choice.kind}`, choice));
    await markPublishDue(tx, [choice.trigger]);
    await requestPublish(tx, context.now());
    return { code: "ok" };
  });
}

function activityOf(kind: (typeof PAIR_ACTIVITIES)[number], { trigger, companion }: CompanionChoice): Activity {
  return { kind, product: trigger, other: companion };
}

export async function isOnePinTooMany(
  tx: ShopTransaction,
  { trigger, companion, kind }: CompanionChoice,
): Promise<boolean> {
  if (kind !== "pin") return false;
  const pins = (await readChoices(tx, [trigger])).filter((one) => one.kind === "pin");
  return pins.length >= MOST_PINS && !pins.some((pin) => pin.companion === companion);
}
