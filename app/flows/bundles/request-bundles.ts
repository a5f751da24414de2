import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readBundleRows } from "../../persistence/offers/made-bundles.ts";
import { clearNotices, raiseNotice } from "../../persistence/shop/notices.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { isToLookAfter, readWantedBundles } from "./wanted-bundle.ts";

/** Has each bundle looked after whose product is not what its offer says, and notes those that cannot be sold. */
export async function requestBundles(tx: ShopTransaction, now: Date): Promise<void> {
  const wanted = await readWantedBundles(tx, now);
  if (wanted.size === 0) return;
  const rows = await readBundleRows(tx);
  for (const [offerNumber, one] of wanted) {
    if (isToLookAfter(one, rows.get(offerNumber))) await enqueue(tx, "look-after-bundle", { offerNumber });
  }
  const wrong = [...wanted.values()].filter(({ offer, parts }) => {
    const fault = rows.get(offer.number)?.fault ?? null;
    return offer.status === "active" && (parts === null || fault?.version === offer.version);
  });
  if (wrong.length === 0) return clearNotices(tx, ["bundles-refused"]);
  const titles = wrong.slice(0, 3).map(({ title }) => title);
  const reason = wrong.flatMap(({ offer }) => rows.get(offer.number)?.fault?.reason ?? [])[0];
  const details = { count: wrong.length, titles, ...(reason === undefined ? {} : { reason }) };
  await raiseNotice(tx, "bundles-refused", details, now);
}
