/** @jsxImportSource preact */
import type { Api } from "@shopify/ui-extensions/purchase.checkout.block.render";
import { useState } from "preact/hooks";
import { lineMinor, productOf } from "../../../extension-kit/cart.ts";
import { CLAIM_PROPERTY, claimOf, type CartReward, money } from "../../../extension-kit/domain.ts";
import { formatMoney } from "../../../extension-kit/money-text.ts";
import type { RewardWords } from "./reward-text.ts";

/** What a gift needs to be added. */
export interface GiftContext {
  readonly api: Pick<Api, "applyCartLinesChange" | "lines">;
  readonly canAdd: boolean;
}

/**
 * A gift whose amount is reached: a button that adds it, or that it is in the order, at what the order charges for it:
 * whether it is free is for the shop to say, not for this block.
 */
export function WaitingGift(
  props: GiftContext & { reward: Extract<CartReward, { kind: "gift" }>; words: RewardWords },
) {
  const { api, canAdd, reward, words } = props;
  const { translate } = words.i18n;
  const [state, setState] = useState<"offered" | "adding" | "failed">("offered");
  const { title, variantId } = words.products!.get(reward.product)!;
  const own = api.lines.value.filter((line) => productOf(line) === reward.product);
  if (own.length > 0) {
    const charged = money(
      own.reduce((sum, line) => sum + lineMinor(line), 0),
      words.currency,
    );
    return (
      <s-stack accessibilityRole="status">
        <s-text color="subdued">{translate("goal.giftAdded", { price: formatMoney(words.i18n, charged) })}</s-text>
      </s-stack>
    );
  }
  if (!canAdd || variantId === null) return null;
  const add = async () => {
    if (state === "adding") return;
    setState("adding");
    const result = await api
      .applyCartLinesChange({
        type: "addCartLine",
        merchandiseId: variantId,
        quantity: 1,
        attributes: [{ key: CLAIM_PROPERTY, value: claimOf(reward.id, "checkout") }],
      })
      .catch(() => ({ type: "error" as const }));
    setState(result.type === "error" ? "failed" : "offered");
  };
  return (
    <s-stack gap="small-300">
      <s-button
        variant="secondary"
        accessibilityLabel={translate("goal.addGiftTitle", { title })}
        onClick={() => void add()}
      >
        {translate(state === "adding" ? "adding" : "goal.addGift")}
      </s-button>
      <s-stack accessibilityRole="status">
        {state === "failed" && <s-text tone="critical">{translate("error")}</s-text>}
      </s-stack>
    </s-stack>
  );
}
