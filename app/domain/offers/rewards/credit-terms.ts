import { type CreditTerms, STORE_CREDIT } from "../../store-credit/terms.ts";
import type { CreditReward } from "./rewards.ts";

/** What shoppers are promised by a reward of store credit. Its budget is the merchant's own matter. */
export function creditTermsOf(reward: CreditReward): CreditTerms {
  const { waitDays, expiryDays } = reward;
  const times = { waitDays, ...(expiryDays === null ? {} : { expiryDays }) };
  if (reward.kind === "credit-amount") return { kind: STORE_CREDIT, amounts: reward.amounts, ...times };
  const most = Object.keys(reward.most).length === 0 ? {} : { most: reward.most };
  return { kind: STORE_CREDIT, basisPoints: reward.basisPoints, ...most, ...times };
}
