/** @jsxImportSource preact */
import type { GoalState } from "../../../extension-kit/domain.ts";
import { formatMoney, type I18n } from "../../../extension-kit/money-text.ts";

/** How far the order is from free shipping. Nothing for a cart that does not ship. */
export function GoalProgress({ state, i18n }: { state: GoalState | null; i18n: I18n }) {
  if (state === null || state.code === "not-eligible" || state.code === "empty") return null;
  if (state.code === "reached") {
    return (
      <s-text type="strong" tone="success">
        {i18n.translate("goal.reached")}
      </s-text>
    );
  }
  return (
    <s-stack gap="small-300">
      <s-text>{i18n.translate("goal.progress", { amount: formatMoney(i18n, state.remaining) })}</s-text>
      <s-progress value={state.basisPoints} max={10_000} accessibilityLabel={i18n.translate("goal.label")} />
    </s-stack>
  );
}
