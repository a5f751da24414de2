import { z } from "zod";
import type { ShopDomain } from "../../domain/ids.ts";
import { isCurrencyCode } from "../../domain/money/currency.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readShopSettings, saveShopSettings } from "../../persistence/settings/settings.ts";
import { holdShop, theShop } from "../../persistence/shop/shops.ts";
import { WRITE_CUSTOMERS } from "../../shopify/client/gateway.ts";
import type { FlowContext } from "../context.ts";
import { requestPublish } from "../publishing/request-publish.ts";
import { enqueueCustomerPublish, enqueueMining } from "../../queue/jobs.ts";

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

/** `stale`: somebody saved since the settings were read, and nothing was changed. */
export type SettingsAnswer =
  { code: "saved"; version: number } | { code: "stale" } | { code: "invalid"; errors: Record<string, string> };

/**
 * Saves settings and has what follows from them published. `seen` is the version that they were changed from; null for
 * whoever overwrites whatever is there. Refuses with a code for every field that is wrong. Histories
 * count only where the merchant lets the app write customers; turned on they are learnt first, turned off all that
 * customers hold of them is taken back.
 */
export async function saveSettings(
  shop: ShopDomain,
  settings: SettingsInput,
  seen: number | null,
  context: FlowContext,
): Promise<SettingsAnswer> {
  const parsed = input.safeParse(settings);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => [
      path.join("."),
      message === "no-amount" ? message : "invalid",
    ]);
    return { code: "invalid", errors: Object.fromEntries(wrong) as Record<string, string> };
  }
  const { useCustomerHistory: wanted } = parsed.data;
  const asked = wanted && !(await inShop(context.database, shop, readShopSettings)).useCustomerHistory;
  if (asked && !(await mayWriteCustomers(shop, context))) {
    return { code: "invalid", errors: { useCustomerHistory: "no-permission" } };
  }
  return inShop(context.database, shop, async (tx): Promise<SettingsAnswer> => {
    // Two saves at one moment would otherwise both find the version that they were made from.
    await holdShop(tx);
    const { useCustomerHistory: used, version: stored } = await readShopSettings(tx);
    if (seen !== null && seen !== stored) return { code: "stale" };
    const { currencies } = await theShop(tx);
    const foreign = Object.keys(parsed.data.goalAmounts).filter((currency) => !currencies.includes(currency));
    if (foreign.length > 0) {
      const errors = Object.fromEntries(foreign.map((currency) => [`goalAmounts.${currency}`, "invalid"]));
      return { code: "invalid", errors };
    }
    const { version } = await saveShopSettings(tx, parsed.data);
    await requestPublish(tx, context.now(), 0);
    if (wanted && !used) await enqueueMining(tx);
    if (used && !wanted) await enqueueCustomerPublish(tx);
    return { code: "saved", version };
  });
}

async function mayWriteCustomers(shop: ShopDomain, context: FlowContext): Promise<boolean> {
  return (await context.gateway.shopDetails(shop)).scopes.includes(WRITE_CUSTOMERS);
}
