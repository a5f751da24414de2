/** @jsxImportSource preact */
import type { CartGoal } from "../../../extension-kit/cart-goal.ts";
import { formatMoney } from "../../../extension-kit/money-text.ts";
import { money } from "../../../extension-kit/domain.ts";
import { rewardText, type RewardWords } from "./reward-text.ts";
import { type GiftContext, WaitingGift } from "./waiting-gift.tsx";

/**
 * How far the order is from the next reward, and where there are several all of them. Free shipping is not named for a
 * cart that does not ship.
 */
export function GoalProgress(props: {
  goal: CartGoal;
  words: RewardWords;
  gift: GiftContext;
  /** Whether a discount code is applied: it may not combine with the rewards, which no block can know. */
  hasCode: boolean;
}) {
  const { goal, words, gift, hasCode } = props;
  const { i18n } = words;
  const { code, rewards, reached, next, remaining, percent } = goal;
  if (code === "not-eligible" || code === "empty") return null;
  const isSingle = rewards.length === 1 && rewards[0]!.kind === "ships";
  const open = rewards.flatMap((reward, place) =>
    reached[place] === null ? [] : [{ reward, isReached: reached[place] === true }],
  );
  return (
    <s-stack gap="small-300">
      {next === null ? (
        <s-text type="strong" tone="success">
          {i18n.translate(isSingle ? "goal.reached" : "goal.allReached")}
        </s-text>
      ) : (
        <>
          <s-text>
            {i18n.translate("goal.progress", {
              amount: formatMoney(i18n, remaining),
              reward: rewardText(next, words),
            })}
          </s-text>
          <s-progress value={percent} max={100} accessibilityLabel={i18n.translate("goal.label")} />
        </>
      )}
      {isSingle ? null : (
        <s-unordered-list>
          {open.map(({ reward, isReached }) => {
            const name = rewardText(reward, words);
            const from = formatMoney(i18n, money(reward.fromMinor, words.currency));
            return (
              <s-list-item key={`${reward.kind} ${reward.fromMinor}`}>
                <s-text tone={isReached ? "success" : "auto"}>
                  {i18n.translate(isReached ? "goal.rowReached" : "goal.row", { reward: name, from })}
                </s-text>
                {reward.kind === "gift" && isReached && <WaitingGift reward={reward} words={words} {...gift} />}
              </s-list-item>
            );
          })}
        </s-unordered-list>
      )}
      {hasCode && <s-text color="subdued">{i18n.translate("goal.withCode")}</s-text>}
    </s-stack>
  );
}
