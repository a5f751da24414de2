import { formatMoney } from "../../../app/domain/money/format.ts";
import type { DevOrder, StoreContext } from "../shop/state.ts";
import { shippingDiscountMinor } from "../shop/order-totals.ts";
import { adminTexts } from "./admin-texts.ts";
import { escapeHtml as e } from "../storefront/responses.ts";
import type { Locale } from "../storefront/visitor.ts";

const ORDERS_PER_PAGE = 25;

function orderTotal(order: DevOrder): number {
  const lines = order.lines.reduce((sum, line) => {
    return sum + line.unitPriceMinor * line.quantity - line.discounts.reduce((off, each) => off + each.amountMinor, 0);
  }, 0);
  return lines + order.shippingMinor - shippingDiscountMinor(order);
}

function orderHtml(context: StoreContext, locale: Locale, order: DevOrder, isOpen: boolean): string {
  const texts = adminTexts(locale);
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency: order.currency }, locale);
  const when = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: context.shop.timezone,
  }).format(order.processedAt);
  const count = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  const lines = order.lines.map((line) => {
    const net = line.unitPriceMinor * line.quantity - line.discounts.reduce((off, each) => off + each.amountMinor, 0);
    const offer = line.properties._tsuide ? ` · ${texts.through}` : "";
    return `<div class="order-line"><span>${e(line.title)}<small>${line.quantity} × ${money(line.unitPriceMinor)} = ${money(net)}${offer} · ${texts.left(line.currentQuantity)}</small></span>
      <label><span class="hidden">${texts.refund} ${e(line.title)}</span><input type="number" name="line:${e(line.id)}" value="${line.currentQuantity}" min="0" max="${line.currentQuantity}"></label></div>`;
  });
  const canRefund = order.lines.some((line) => line.currentQuantity > 0);
  return `<details class="order" id="${e(order.name)}"${isOpen ? " open" : ""}><summary><strong>${e(order.name)}</strong><span class="soft">${e(when)}</span><span class="soft">${texts.items(count)}</span>
    <span class="badge badge--${order.financialStatus}">${texts.status[order.financialStatus]}</span><span class="amount">${money(orderTotal(order))}</span></summary>
    <form method="post" action="/admin/orders/refund"><input type="hidden" name="order" value="${e(order.id)}">${lines.join("")}
    ${canRefund ? `<div><button class="button button--primary">${texts.refund}</button></div>` : ""}</form></details>`;
}

/** The orders of the shop, newest first, each with what can still be refunded. */
export function ordersBody(context: StoreContext, locale: Locale, url: URL): string {
  const texts = adminTexts(locale);
  const orders = [...context.shop.orders.values()].sort((a, b) => b.createdAt - a.createdAt);
  const page = Math.max(1, Number(url.searchParams.get("page") ?? 1) || 1);
  const shown = orders.slice((page - 1) * ORDERS_PER_PAGE, page * ORDERS_PER_PAGE);
  const opened = url.searchParams.get("order");
  const note = url.searchParams.get("note");
  const says = note === "refunded" ? texts.refunded : note === "failed" ? texts.refundFailed : null;
  const link = (to: number, label: string) => `<a class="button" href="/admin/orders?page=${to}">${label}</a>`;
  return `<div></div><div class="page"><div class="page__in"><h1>${texts.orders}</h1>
    ${says ? `<p class="note" role="status">${says}</p>` : ""}
    <div class="card">${shown.map((order) => orderHtml(context, locale, order, order.name === opened)).join("") || `<p class="card--pad">${texts.ordersEmpty}</p>`}</div>
    <div class="pages">${page > 1 ? link(page - 1, texts.newer) : ""}${orders.length > page * ORDERS_PER_PAGE ? link(page + 1, texts.older) : ""}</div>
  </div></div>`;
}

/** Refunds what a form asks for; the name of the order, or null where nothing of it could be refunded. */
export async function refundFromForm(
  context: StoreContext,
  form: FormData,
): Promise<{ name: string; done: boolean } | null> {
  const order = [...context.shop.orders.values()].find((each) => each.id === form.get("order"));
  if (!order) return null;
  const lines = order.lines
    .map((line) => ({
      lineId: line.id,
      quantity: Math.min(line.currentQuantity, Number(form.get(`line:${line.id}`) ?? 0)),
    }))
    .filter((line) => Number.isSafeInteger(line.quantity) && line.quantity > 0);
  if (lines.length === 0) return { name: order.name, done: false };
  await context.refund(order.id, lines);
  return { name: order.name, done: true };
}
