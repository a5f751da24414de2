import type { ShopDomain } from "../../domain/ids.ts";
import { formSettings, type FormSettings } from "../../domain/settings/sections.ts";
import { type Activity } from "../../domain/shop/activity.ts";
import type { Refusal } from "../../domain/shape/field.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { noteHoldout } from "../../persistence/measurement/experiments.ts";
import { readShopSettings, saveShopSettings } from "../../persistence/settings/settings.ts";
import { holdShop } from "../../persistence/shop/shops.ts";
import { WRITE_CUSTOMERS } from "../../shopify/client/gateway.ts";
import type { FlowContext } from "../context.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { requestPublish } from "../publishing/request-publish.ts";
import { enqueue } from "../../queue/enqueue.ts";

/** `stale`: somebody saved since the settings were read, and nothing was changed. */
export type SettingsAnswer =
  { code: "saved"; version: number } | { code: "stale" } | { code: "invalid"; errors: Record<string, string> };

/**
 * Saves some settings beside those that stand, and has what follows from them published. `seen` is the version that they
 * were changed from; null for whoever overwrites whatever is there. Refuses with a code for every field that is wrong.
 * Histories count only where the merchant lets the app write customers; turned on they are learnt first, turned off all
 * that customers hold of them is taken back.
 */
export async function saveSettings(
  shop: ShopDomain,
  changes: Partial<FormSettings>,
  seen: number | null,
  context: FlowContext,
): Promise<SettingsAnswer> {
  const before = await inShop(context.database, shop, readShopSettings);
  const asked = changes.useCustomerHistory === true && !before.useCustomerHistory;
  if (asked && !(await mayWriteCustomers(shop, context))) {
    return { code: "invalid", errors: { useCustomerHistory: "no-permission" } };
  }
  return inShop(context.database, shop, async (tx): Promise<SettingsAnswer> => {
    // Two saves at one moment would otherwise both find the version that they were made from.
    await holdShop(tx);
    const stored = await readShopSettings(tx);
    if (seen !== null && seen !== stored.version) return { code: "stale" };
    const parsed = formSettings.parse({ ...formSettings.readStored(stored).value, ...changes });
    if (!parsed.ok) return invalid(parsed.refusals);
    const { version } = await saveShopSettings(tx, parsed.value);
    await recordActivity(tx, context, ...activitiesOf(formSettings.readStored(stored).value, parsed.value));
    await noteHoldout(tx, context.now());
    await requestPublish(tx, context.now(), 0);
    const { useCustomerHistory: wanted } = parsed.value;
    if (wanted && !stored.useCustomerHistory) await enqueue(tx, "mine-associations");
    if (stored.useCustomerHistory && !wanted) await enqueue(tx, "publish-customers");
    return { code: "saved", version };
  });
}

/** The shop's mode is recorded by itself: it decides what all shoppers see. */
function activitiesOf(before: FormSettings, after: FormSettings): Activity[] {
  const isOnlyMode = JSON.stringify({ ...before, shopMode: after.shopMode }) === JSON.stringify(after);
  if (before.shopMode === after.shopMode) return [{ kind: "settings-saved" }];
  const mode: Activity = { kind: `shop-mode-${after.shopMode}` };
  return isOnlyMode ? [mode] : [mode, { kind: "settings-saved" }];
}

function invalid(refusals: readonly Refusal[]): SettingsAnswer {
  return { code: "invalid", errors: Object.fromEntries(refusals.map(({ path, code }) => [path, code])) };
}

async function mayWriteCustomers(shop: ShopDomain, context: FlowContext): Promise<boolean> {
  return (await context.gateway.shopDetails(shop)).scopes.includes(WRITE_CUSTOMERS);
}
