import { parseGid, type ProductId, type ShopDomain, type VariantId } from "../../domain/ids.ts";
import { type Activity, type ActivityKind, isAutomatic, KEEP_ACTIVITY_DAYS } from "../../domain/shop/activity.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { readTitles, readVariantTitles } from "../../persistence/catalogue/product-titles.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { forgetActivities, readActivities } from "../../persistence/shop/activities.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { ActivityRowView, ActivityView } from "../../views/activity-view.ts";
import { pageOf } from "../../views/list-page.ts";
import type { FlowContext } from "../context.ts";

const CHANGES_A_PAGE = 50;

/** One page of what staff changed, the latest first. Deleted products have the title that they had. */
export function readActivity(shop: ShopDomain, page: number, context: FlowContext): Promise<ActivityView> {
  return inShop(context.database, shop, async (tx) => {
    const since = keptSince(context.now());
    const part = await pageOf(page, CHANGES_A_PAGE, (rows) => readActivities(tx, { since, ...rows }));
    const { total, activities } = part.found;
    const titles = await readTitles(tx, [...new Set(activities.flatMap(({ activity }) => productsOf(activity)))]);
    const steps = activities.flatMap(({ activity }) => variantsOf(activity));
    const named = { titles, variants: await readVariantTitles(tx, [...new Set(steps)]) };
    const rows = activities.map(({ at, userId, activity }): ActivityRowView => ({
      at: at.toISOString(),
      who: whoMade(activity.kind, userId, context.staff ?? null),
      ...namesIn(activity, named),
    }));
    return { rows, total, page: part.page, pageCount: part.pageCount, timezone: (await theShop(tx)).timezone };
  });
}

function whoMade(kind: ActivityKind, userId: string | null, reader: string | null): ActivityRowView["who"] {
  if (isAutomatic(kind)) return "automatic";
  return userId === null ? null : { userId, isReader: userId === reader };
}

function productsOf(activity: Activity): ProductId[] {
  if (!("product" in activity)) return [];
  const other = "other" in activity ? parseGid("Product", activity.other) : null;
  return [activity.product, ...(other === null ? [] : [other]), ...("by" in activity ? [activity.by] : [])];
}

/** The variants of a decision about an upgrade between them: the one that is replaced, where it is a certain one, and the other. */
function variantsOf(activity: Activity): VariantId[] {
  if (!("other" in activity)) return [];
  return activity.other.split(">").flatMap((one) => parseGid("ProductVariant", one) ?? []);
}

/** What a change was made to, by the names that it has now. */
function namesIn(
  activity: Activity,
  { titles, variants }: { titles: ReadonlyMap<ProductId, string>; variants: ReadonlyMap<VariantId, string> },
) {
  const step = variantsOf(activity);
  const [to] = step.slice(-1);
  const titleOf = (id: string | undefined) => (id === undefined ? null : (titles.get(id as ProductId) ?? null));
  return {
    kind: activity.kind,
    offer: "offer" in activity ? activity.offer : null,
    product: "product" in activity ? titleOf(activity.product) : null,
    other: "other" in activity ? titleOf(activity.other) : null,
    step:
      to === undefined
        ? null
        : { from: step.length < 2 ? null : (variants.get(step[0]!) ?? null), to: variants.get(to) ?? null },
    by: "by" in activity ? titleOf(activity.by) : null,
    notice: "notice" in activity ? activity.notice : null,
    count: "count" in activity ? activity.count : null,
    experiment: "experiment" in activity ? activity.experiment : null,
  };
}

/** Deletes from the log what has been kept for long enough. */
export function forgetOldActivity(tx: ShopTransaction, now: Date): Promise<void> {
  return forgetActivities(tx, keptSince(now));
}

function keptSince(now: Date): Date {
  return new Date(now.getTime() - KEEP_ACTIVITY_DAYS * DAY_MS);
}
