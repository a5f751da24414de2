import type { ShopDomain } from "../../domain/ids.ts";
import type { SentAnswer } from "../../domain/measurement/voice/answers.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { saveAnswers } from "../../persistence/measurement/answers.ts";
import type { FlowContext } from "../context.ts";

/** Answers of one shop that are stored in an hour: many times what customers give, and few enough for whoever forges them. */
const MOST_AN_HOUR = 2_000;

/**
 * Stores what customers chose: of each order, offer and question the first choice. Returns how many were left out because
 * too many came.
 */
export function storeAnswers(
  shop: ShopDomain,
  answers: readonly SentAnswer[],
  { database, now }: FlowContext,
): Promise<number> {
  if (answers.length === 0) return Promise.resolve(0);
  return inShop(database, shop, (tx) => saveAnswers(tx, answers, { now: now(), mostAnHour: MOST_AN_HOUR }));
}
