import { z } from "zod";
import { composition } from "../../composition.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import { isCurrencyCode } from "../../domain/money/currency.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readShopSettings, saveShopSettings } from "../../persistence/offers/settings.ts";
import { theShop, updateShop } from "../../persistence/shop/shops.ts";
import { WRITE_CUSTOMERS } from "../../shopify/gateway.ts";
import type { FlowContext } from "../context.ts";
import { enqueueCustomerPublish, enqueueMining, enqueuePublish } from "../jobs.ts";

/** Half off: more is far likelier a slip of the finger than a plan. */
const LARGEST_DISCOUNT = 5_000;
const LARGEST_AMOUNT = 1_000_000_000_000;

const input = z
  .object({
    setDiscountBasisPoints: z.number().int().min(0).max(LARGEST_DISCOUNT),
    setSize: z.number().int().min(1).max(3),
    mode: z.enum(["automatic", "review", "manual"]),
    goalEnabled: z.boolean(),
    tellOrdersTogether: z.boolean(),
    useCustomerHistory: z.boolean(),
    goalAmounts: z.record(z.string().refine(isCurrencyCode), z.number().int().positive().max(LARGEST_AMOUNT)),
  })
  .refine(({ goalEnabled, goalAmounts }) => !goalEnabled || Object.keys(goalAmounts).length > 0, {
    path: ["goalEnabled"],
    error: "no-amount",
  });

export type SettingsInput = z.infer<typeof input>;

/**
 * Saves settings and has what follows from them published. Refuses with a code for every field that is wrong. Histories
 * count only where the merchant lets the app write customers; turned on they are learnt first, turned off all that
 * customers hold of them is taken back.
 */
export async function saveSettings(
  shop: ShopDomain,
  settings: SettingsInput,
  context: FlowContext = composition(),
): Promise<{ code: "saved" } | { code: "invalid"; errors: Record<string, string> }> {
  const parsed = input.safeParse(settings);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => [
      path.join("."),
      message === "no-amount" ? message : "invalid",
    ]);
    return { code: "invalid", errors: Object.fromEntries(wrong) as Record<string, string> };
  }
  const { useCustomerHistory: used } = await inShop(context.database, shop, readShopSettings);
  const { useCustomerHistory: wanted } = parsed.data;
  if (wanted && !used && !(await mayWriteCustomers(shop, context))) {
    return { code: "invalid", errors: { useCustomerHistory: "no-permission" } };
  }
  return inShop(context.database, shop, async (tx) => {
    const { currencies } = await theShop(tx);
    const foreign = Object.keys(parsed.data.goalAmounts).filter((currency) => !currencies.includes(currency));
    if (foreign.length > 0) {
      const errors = Object.fromEntries(foreign.map((currency) => [`goalAmounts.${currency}`, "invalid"]));
      return { code: "invalid", errors };
    }
    await saveShopSettings(tx, parsed.data);
    await updateShop(tx, { publishRequested: context.now() });
    await enqueuePublish(tx, 0);
    if (wanted && !used) await enqueueMining(tx);
    if (used && !wanted) await enqueueCustomerPublish(tx);
    return { code: "saved" };
  });
}

async function mayWriteCustomers(shop: ShopDomain, context: FlowContext): Promise<boolean> {
  return (await context.gateway.shopDetails(shop)).scopes.includes(WRITE_CUSTOMERS);
}
