import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import { LISTED_COMPANIONS } from "../../domain/shoppers/list-lengths.ts";
import { deleteChoice, readChoices, saveChoice, type ChoiceRow } from "../../persistence/offers/choices.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { productExists } from "../../persistence/catalogue/products.ts";
import { updateShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { enqueuePublish } from "../../queue/jobs.ts";

export type ChoiceOutcome =
  { code: "ok" } | { code: "unknown-product" } | { code: "same-product" } | { code: "too-many-pins" };

/** More pins than are ever shown would be choices without effect. */
const MOST_PINS = LISTED_COMPANIONS;

/** Keeps one person's word about one pair and has it published. Saying the same twice changes nothing. */
export function keepChoice(shop: ShopDomain, choice: ChoiceRow, context: FlowContext): Promise<ChoiceOutcome> {
  const { trigger, companion, kind } = choice;
  return inShop(context.database, shop, async (tx) => {
    if (trigger === companion) return { code: "same-product" };
    if (!(await productExists(tx, [trigger, companion]))) return { code: "unknown-product" };
    const pins = (await readChoices(tx, [trigger])).filter((one) => one.kind === "pin");
    const isNew = !pins.some((pin) => pin.companion === companion);
    if (kind === "pin" && isNew && pins.length >= MOST_PINS) return { code: "too-many-pins" };
    await saveChoice(tx, choice, context.now());
    await updateShop(tx, { publishRequested: context.now() });
    await enqueuePublish(tx);
    return { code: "ok" };
  });
}

/** Takes a choice back. One that is not there is no error: somebody else took it back. */
export function dropChoice(
  shop: ShopDomain,
  choice: { trigger: ProductId; companion: ProductId; kind: ChoiceRow["kind"] },
  context: FlowContext,
): Promise<ChoiceOutcome> {
  return inShop(context.database, shop, async (tx) => {
    await deleteChoice(tx, choice);
    await updateShop(tx, { publishRequested: context.now() });
    await enqueuePublish(tx);
    return { code: "ok" };
  });
}
