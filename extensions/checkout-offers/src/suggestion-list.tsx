/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { type CartReward, discountedPriceMinor, money } from "../../../extension-kit/domain.ts";
import type { ShownSuggestion } from "../../../extension-kit/choose-suggestions.ts";
import { formatMoney, type I18n } from "../../../extension-kit/money-text.ts";

/** Products with picture, name and the price they will have in this order. `action` gets its accessible label. */
export function SuggestionList(props: {
  suggestions: readonly ShownSuggestion[];
  i18n: I18n;
  /** What a reward is called. */
  rewardText: (reward: CartReward) => string;
  action: (item: { suggestion: ShownSuggestion; label: string }) => ComponentChildren;
}) {
  return (
    <s-stack gap="base">
      {props.suggestions.map((suggestion) => (
        <Suggestion key={suggestion.product} {...props} suggestion={suggestion} />
      ))}
    </s-stack>
  );
}

function Suggestion({
  suggestion,
  i18n,
  rewardText,
  action,
}: { suggestion: ShownSuggestion } & Omit<Parameters<typeof SuggestionList>[0], "suggestions">) {
  const { price, discountBasisPoints, title, variantTitle, again, closes } = suggestion;
  const regular = formatMoney(i18n, price);
  const charged = formatMoney(
    i18n,
    money(discountedPriceMinor(price.amountMinor, discountBasisPoints), price.currency),
  );
  const named = variantTitle === null ? title : `${title} – ${variantTitle}`;
  return (
    <s-grid gridTemplateColumns="auto 1fr auto" gap="base" alignItems="center">
      <s-product-thumbnail src={suggestion.imageUrl ?? undefined} alt="" />
      <s-stack gap="none">
        <s-text>{title}</s-text>
        {variantTitle !== null && <s-text color="subdued">{variantTitle}</s-text>}
        <s-stack direction="inline" gap="small-300">
          <s-text type="strong">{charged}</s-text>
          {discountBasisPoints > 0 && <s-text type="redundant">{regular}</s-text>}
        </s-stack>
        {closes !== null && (
          <s-text tone="success">{i18n.translate("goal.closes", { reward: rewardText(closes) })}</s-text>
        )}
        {again && <s-text color="subdued">{i18n.translate("again")}</s-text>}
        {discountBasisPoints > 0 && (
          <s-text color="subdued">{i18n.translate("together", { percent: discountBasisPoints / 100 })}</s-text>
        )}
      </s-stack>
      {action({ suggestion, label: i18n.translate("addTitle", { title: named, price: charged }) })}
    </s-grid>
  );
}
