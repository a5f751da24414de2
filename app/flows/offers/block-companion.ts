import { composition } from "../../server/composition.ts";
import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import { dropChoice, keepChoice, type ChoiceOutcome } from "./choose-companion.ts";
import type { FlowContext } from "../context.ts";

/** Never offers this companion with this product; a pin of the same pair is taken back. */
export function blockCompanion(
  shop: ShopDomain,
  trigger: ProductId,
  companion: ProductId,
  context: FlowContext = composition(),
): Promise<ChoiceOutcome> {
  return keepChoice(shop, { trigger, companion, kind: "block" }, context);
}

/** Lets the companion be offered again where the evidence carries it. */
export function unblockCompanion(
  shop: ShopDomain,
  trigger: ProductId,
  companion: ProductId,
  context: FlowContext = composition(),
): Promise<ChoiceOutcome> {
  return dropChoice(shop, { trigger, companion, kind: "block" }, context);
}
