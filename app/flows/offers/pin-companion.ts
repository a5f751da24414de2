import { composition } from "../../server/composition.ts";
import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import { dropChoice, keepChoice, type ChoiceOutcome } from "./choose-companion.ts";
import type { FlowContext } from "../context.ts";

/** Always offers this companion with this product, evidence or not, as long as it is for sale. */
export function pinCompanion(
  shop: ShopDomain,
  trigger: ProductId,
  companion: ProductId,
  context: FlowContext = composition(),
): Promise<ChoiceOutcome> {
  return keepChoice(shop, { trigger, companion, kind: "pin" }, context);
}

/** Leaves the companion to the evidence again. */
export function unpinCompanion(
  shop: ShopDomain,
  trigger: ProductId,
  companion: ProductId,
  context: FlowContext = composition(),
): Promise<ChoiceOutcome> {
  return dropChoice(shop, { trigger, companion, kind: "pin" }, context);
}
