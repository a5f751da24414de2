import { type CartReward, money } from "../../../extension-kit/domain.ts";
import type { GoalProduct } from "../../../extension-kit/goal-products.ts";
import { formatMoney, type I18n } from "../../../extension-kit/money-text.ts";

/** What a reward is called in the buyer's language. */
export function rewardText(reward: CartReward, { i18n, currency, products }: RewardWords): string {
  switch (reward.kind) {
    case "ships":
      return i18n.translate("goal.freeShipping");
    case "percent":
      return i18n.translate("goal.percentOff", { percent: reward.percent });
    case "amount-off":
      return i18n.translate("goal.amountOff", { amount: formatMoney(i18n, money(reward.offMinor, currency)) });
    case "gift":
      return i18n.translate("goal.gift", { title: products?.get(reward.product)?.title ?? "" });
  }
}

/** What the names of rewards are made of. */
export interface RewardWords {
  readonly i18n: I18n;
  readonly currency: string;
  readonly products: ReadonlyMap<string, GoalProduct> | null;
}
