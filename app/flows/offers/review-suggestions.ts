import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { decideWaiting, takeBackDecisions, type ProposedPair } from "../../persistence/offers/review-queue.ts";
import { markPublishDue } from "../../persistence/publishing/publish-due.ts";
import { recordActivity } from "../activity/record-activity.ts";
import type { FlowContext } from "../context.ts";
import { requestPublish } from "../publishing/request-publish.ts";

/** Most pairs that one request names: a page of them and some to spare. */
export const MOST_PAIRS = 200;

/** `at` names the decision, for {@link undoReview}. */
export interface ReviewAnswer {
  code: "ok";
  at: string;
  pairs: number;
}

/**
 * Approves companions that wait for it, or rejects them: those named, or everything that waits where `pairs` is null.
 * What is approved is shown with the next publish; what is rejected is never proposed for that product again. A pair
 * that does not wait any more stays as it is.
 */
export function reviewSuggestions(
  shop: ShopDomain,
  decision: "approve" | "reject",
  pairs: readonly ProposedPair[] | null,
  context: FlowContext,
): Promise<ReviewAnswer> {
  return inShop(context.database, shop, async (tx): Promise<ReviewAnswer> => {
    const now = context.now();
    const decided = await decideWaiting(tx, kindOf(decision), pairs, now);
    await after(tx, `suggestions-${decision === "approve" ? "approved" : "rejected"}`, decided, context);
    return { code: "ok", at: now.toISOString(), pairs: decided.pairs };
  });
}

/** Takes back a decision of {@link reviewSuggestions}: its pairs wait again. A second time nothing happens. */
export function undoReview(
  shop: ShopDomain,
  decision: "approve" | "reject",
  at: Date,
  context: FlowContext,
): Promise<ReviewAnswer> {
  return inShop(context.database, shop, async (tx): Promise<ReviewAnswer> => {
    const decided = await takeBackDecisions(tx, kindOf(decision), at);
    await after(tx, "review-undone", decided, context);
    return { code: "ok", at: at.toISOString(), pairs: decided.pairs };
  });
}

function kindOf(decision: "approve" | "reject"): "approve" | "block" {
  return decision === "approve" ? "approve" : "block";
}

async function after(
  tx: ShopTransaction,
  kind: "suggestions-approved" | "suggestions-rejected" | "review-undone",
  { pairs, products }: { readonly pairs: number; readonly products: readonly ProductId[] },
  context: FlowContext,
): Promise<void> {
  if (pairs === 0) return;
  await recordActivity(tx, context, { kind, count: pairs });
  await markPublishDue(tx, products);
  await requestPublish(tx, context.now(), 0);
}
