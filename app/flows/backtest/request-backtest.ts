import { createHash } from "node:crypto";
import type { ShopDomain } from "../../domain/ids.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { addBacktest, endBacktest, findBacktest } from "../../persistence/backtest/backtests.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { enqueue } from "../../queue/enqueue.ts";
import type { FlowContext } from "../context.ts";

/** A result is given again for so long: orders of a day change little. */
const FRESH_MS = 86_400_000;

/**
 * Has an offer tried on past orders, saved or not. `digest` names what is tried: the same offer has the same one. A result
 * of the last day is not worked out again, unless `again` asks for it. `invalid`: no offer that could be saved.
 */
export async function requestBacktest(
  shop: ShopDomain,
  { type, content, again }: { readonly type: OfferTypeName; readonly content: unknown; readonly again: boolean },
  context: FlowContext,
): Promise<{ code: "requested"; digest: string } | { code: "invalid" }> {
  const parsed = contentShape(type).parse(draftOf(content));
  if (!parsed.ok) return { code: "invalid" };
  const { config, reward, conditions, audience, mode } = parsed.value;
  const decides = { type, config, reward, conditions, audience, mode };
  const digest = createHash("sha256").update(JSON.stringify(decides)).digest("hex");
  return inShop(context.database, shop, async (tx) => {
    const known = await findBacktest(tx, digest);
    const isRunning = known?.status === "waiting" || known?.status === "running";
    const age = context.now().getTime() - (known?.finishedAt?.getTime() ?? 0);
    const isFresh = known?.status === "done" && age < FRESH_MS && !again;
    if (isRunning || isFresh) return { code: "requested", digest };
    await addBacktest(tx, { digest, type, content: parsed.value }, context.now());
    await enqueue(tx, "run-backtest", { digest });
    return { code: "requested", digest };
  });
}

/** Stops trying an offer; nothing where it has ended. */
export function cancelBacktest(shop: ShopDomain, digest: string, context: FlowContext): Promise<void> {
  return inShop(context.database, shop, (tx) => endBacktest(tx, digest, "cancelled", null, context.now()));
}

/** An offer that is tried need not be complete enough to be shown. */
function draftOf(content: unknown): unknown {
  return typeof content === "object" && content !== null ? { ...content, status: "draft" } : content;
}
