import type { SentEvent } from "../../../app/domain/measurement/event-batch.ts";
import { PAGE_MS, type PageView, type Visit } from "./visit.ts";

/**
 * What the web pixel of a visitor sends; nothing where they do not allow it. `order`: the number of the order that the visit
 * ended with.
 */
export function sentEvents(visit: Visit, order: string | null): SentEvent[] {
  if (!visit.consents) return [];
  const { visitor, at, arms, began, pages, sale } = visit;
  const name = `${visitor}:${at.toString(36)}`;
  let sent = 0;
  const who = (time: number) => ({ id: `${name}:${sent++}`, at: time, visitor });
  const events: SentEvent[] = [{ ...who(at), kind: "visit-started", visit: began }];
  for (const [experiment, arm] of arms) events.push({ ...who(at), kind: "exposed", experiment, arm });
  for (const [place, page] of pages.entries()) events.push(...ofPage(page, at + place * PAGE_MS, who, visit));
  if (sale === null || order === null) return events;
  for (const { productId } of sale.order.lines) {
    if (productId !== null) events.push({ ...who(at + PAGE_MS), kind: "product-added", product: productId });
  }
  events.push({ ...who(sale.at - PAGE_MS / 2), kind: "checkout-started" });
  events.push({ ...who(sale.at), kind: "checkout-completed", order });
  const claim = sale.lines.find(({ properties }) => properties._tsuide)?.properties._tsuide;
  if (claim === undefined) return events;
  for (const choice of visit.answers) {
    events.push({ ...who(sale.at + PAGE_MS), kind: "answered", claim, order, ...choice });
  }
  return events;
}

type Who = (time: number) => Pick<SentEvent, "id" | "at" | "visitor">;

function ofPage(page: PageView, at: number, who: Who, { began }: Visit): SentEvent[] {
  const { kind, product, claims, seen, clicked, added } = page;
  const events: SentEvent[] = [{ ...who(at), kind: "page-viewed" }];
  if (kind === "product") events.push({ ...who(at), kind: "product-viewed", product });
  if (kind === "cart") events.push({ ...who(at), kind: "cart-viewed" });
  for (const claim of claims) {
    events.push({ ...who(at + 500), kind: "shown", claim });
    if (seen) events.push({ ...who(at + 3_000), kind: "seen", claim, visit: began });
  }
  const [claim] = claims;
  if (claim === undefined) return events;
  if (clicked) events.push({ ...who(at + 8_000), kind: "clicked", claim });
  if (added !== null) {
    events.push({ ...who(at + 12_000), kind: "added", claim, visit: began });
    events.push({ ...who(at + 12_000), kind: "product-added", product: added });
  }
  return events;
}
