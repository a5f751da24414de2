import { z } from "zod";
import { isPossible, LIFETIME_INPUTS, type LifetimeInput } from "../../domain/customers/lifetime-inputs.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import { readLifetimeInputs, saveLifetimeInputs } from "../../persistence/customers/customer-summaries.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { holdShop, theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";

const inputs = z.record(z.string(), z.number());

/**
 * Saves what a person entered for the formulas of lifetime value, in place of all that was entered before; an input that
 * is absent is not known. Refuses with a code for every field that is wrong, and as `stale` where somebody saved since
 * the version that it was made from.
 */
export async function saveCustomersInputs(
  shop: ShopDomain,
  entered: unknown,
  seen: number,
  context: FlowContext,
): Promise<
  { code: "saved"; version: number } | { code: "stale" } | { code: "invalid"; errors: Record<string, string> }
> {
  const parsed = inputs.safeParse(entered);
  if (!parsed.success) return { code: "invalid", errors: { inputs: "invalid" } };
  const wrong = Object.entries(parsed.data).filter(
    ([name, value]) => !Object.hasOwn(LIFETIME_INPUTS, name) || !isPossible(name as LifetimeInput, value),
  );
  if (wrong.length > 0) {
    return { code: "invalid", errors: Object.fromEntries(wrong.map(([name]) => [name, "invalid"])) };
  }
  return inShop(context.database, shop, async (tx) => {
    // Two saves at one moment would otherwise both find the version that they were made from.
    await holdShop(tx);
    const { currency } = await theShop(tx);
    if ((await readLifetimeInputs(tx, currency)).version !== seen) return { code: "stale" };
    return { code: "saved", version: await saveLifetimeInputs(tx, currency, parsed.data) };
  });
}
