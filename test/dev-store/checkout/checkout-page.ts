import { toHundredths } from "../../../app/domain/money/hundredths.ts";
import type { StoreContext } from "../shop/state.ts";
import { hasOnlyDefaultVariant } from "../storefront/catalog.ts";
import { pixelsOnPage, type StandardEvent } from "../pixel/pixels-on-page.ts";
import type { PricedLine } from "../storefront/priced-cart.ts";
import { escapeHtml as e } from "../storefront/responses.ts";
import type { Visitor } from "../storefront/visitor.ts";
import { formatHundredths } from "../theme/engine/money-format.ts";
import { type CheckoutTexts, checkoutTexts } from "./checkout-texts.ts";
import type { Checkout } from "./checkout-state.ts";

/** Writes minor units of a currency as the storefront does. */
export function moneyText(amountMinor: number, currency: string): string {
  return formatHundredths(toHundredths({ amountMinor, currency }), currency);
}

const TAG = `<svg viewBox="0 0 16 16" width="14" height="14" fill="none" stroke="currentColor" aria-hidden="true"><path d="M2 8V2h6l6 6-6 6z"/><circle cx="5" cy="5" r="1"/></svg>`;

function lineHtml(priced: PricedLine, currency: string, texts: CheckoutTexts): string {
  const { line, product, variant } = priced;
  const shown = Object.entries(line.properties).filter(([name]) => !name.startsWith("_"));
  const before = priced.discountMinor > 0 ? `<s>${moneyText(priced.originalMinor, currency)}</s>` : "";
  return `<li class="line">
    <span class="thumb"><img src="${e(product.image)}" alt="" width="64" height="64"><span class="count" aria-label="${texts.quantity} ${line.quantity}">${line.quantity}</span></span>
    <span class="line-text"><span>${e(product.title)}</span>
      ${hasOnlyDefaultVariant(product) ? "" : `<span class="soft">${e(variant.title)}</span>`}
      ${shown.map(([name, value]) => `<span class="soft">${e(name)}: ${e(value)}</span>`).join("")}
      ${priced.allocations.map((each) => `<span class="soft tag">${TAG} ${e(each.title)} (−${moneyText(each.amountMinor, currency)})</span>`).join("")}
    </span>
    <span class="line-price">${before}<span>${moneyText(priced.finalMinor, currency)}</span></span>
  </li>`;
}

/** What became of each code that the buyer entered, and a field for another. */
function codesHtml(visitor: Visitor, { priced, selected }: Checkout): string {
  const texts = checkoutTexts(visitor.locale);
  const entered = priced.codes.map(
    ({ code, state }) => `<li class="tag" data-code="${e(code)}" data-state="${state}">
      <span>${TAG} ${e(state === "applied" ? code : texts.codes[state](code))}</span>
      <button class="plain" name="remove" value="${e(code)}" aria-label="${e(texts.removeCode(code))}">×</button></li>`,
  );
  return `<form id="codes" method="post" action="${visitor.prefix}/checkout">
    <input type="hidden" name="delivery" value="${e(selected?.handle ?? "")}">
    <div class="code-row"><label class="field"><span>${texts.discountCode}</span><input name="code" autocomplete="off" autocapitalize="characters"></label>
    <button class="plain" name="apply" value="1">${texts.apply}</button></div>
    ${entered.length === 0 ? "" : `<ul role="list">${entered.join("")}</ul>`}</form>`;
}

/** The order summary; drawn again on its own whenever the cart changes. */
export function summaryHtml(visitor: Visitor, checkout: Checkout, slot: string, canChange = true): string {
  const texts = checkoutTexts(visitor.locale);
  const { priced, selected, delivery } = checkout;
  const { currency } = priced;
  const shipping =
    selected === null
      ? ""
      : `<div class="row"><dt>${texts.shipping}${selected.discountTitle ? ` <span class="soft tag">${TAG} ${e(selected.discountTitle)}</span>` : ""}</dt>
        <dd>${selected.discountMinor > 0 ? `<s>${moneyText(selected.costMinor, currency)}</s> ` : ""}${checkout.shippingMinor === 0 ? texts.free : moneyText(checkout.shippingMinor, currency)}</dd></div>`;
  const order = priced.orderAllocations
    .map(
      (each) =>
        `<div class="row"><dt class="tag">${TAG} ${e(each.title)}</dt><dd>−${moneyText(each.amountMinor, currency)}</dd></div>`,
    )
    .join("");
  return `<div id="summary" data-delivery="${delivery.map((option) => option.handle).join(",")}">
    <ul class="lines" role="list">${priced.lines.map((line) => lineHtml(line, currency, texts)).join("")}</ul>
    ${slot}
    ${canChange ? codesHtml(visitor, checkout) : ""}
    <dl class="totals">
      <div class="row"><dt>${texts.subtotal} · ${texts.items(priced.itemCount)}</dt><dd>${moneyText(priced.subtotalMinor, currency)}</dd></div>
      ${order}${shipping}
      <div class="row total"><dt>${texts.total}</dt><dd><small>${currency}</small> <span data-total>${moneyText(checkout.totalMinor, currency)}</span></dd></div>
      ${checkout.savingsMinor > 0 ? `<div class="row savings"><dt class="tag">${TAG} ${texts.savings}</dt><dd>${moneyText(checkout.savingsMinor, currency)}</dd></div>` : ""}
      <div class="row soft"><dt>${texts.taxes}</dt></div>
    </dl>
  </div>`;
}

/** The delivery options; drawn again with the summary, because a change of the cart can make them free. */
export function deliveryHtml(visitor: Visitor, checkout: Checkout): string {
  const texts = checkoutTexts(visitor.locale);
  const { currency } = checkout.priced;
  if (checkout.delivery.length === 0) return `<div id="delivery"><p class="soft">${texts.noShipping}</p></div>`;
  const options = checkout.delivery.map((option) => {
    const { name, note } = texts.options[option.handle]!;
    const cost = option.costMinor - option.discountMinor;
    return `<label class="option"><input type="radio" name="delivery" value="${option.handle}"${option === checkout.selected ? " checked" : ""}>
      <span class="grow">${name}<span class="soft">${note}${option.discountTitle ? ` · ${e(option.discountTitle)}` : ""}</span></span>
      <span>${option.discountMinor > 0 ? `<s class="soft">${moneyText(option.costMinor, currency)}</s> ` : ""}<strong>${cost === 0 ? texts.free : moneyText(cost, currency)}</strong></span></label>`;
  });
  return `<div id="delivery" class="options" role="radiogroup" aria-label="${texts.deliveryMethod}">${options.join("")}</div>`;
}

function shell(
  context: StoreContext,
  visitor: Visitor,
  title: string,
  body: string,
  events: readonly StandardEvent[],
): string {
  return `<!doctype html><html lang="${visitor.locale}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${e(title)} – ${e(context.shop.name)}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/checkout/assets/checkout.css">${pixelsOnPage(context, visitor, events)}</head><body>
<header class="bar"><div class="bar-row"><a class="brand" href="${visitor.prefix || "/"}">${e(context.shop.name)}</a>
<a class="bag" href="${visitor.prefix}/cart" aria-label="${checkoutTexts(visitor.locale).back}"><svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><path d="M5 8h14l1 12.5H4L5 8Z"/><path d="M8.5 10V7a3.5 3.5 0 0 1 7 0v3"/></svg></a></div></header>
${body}<script type="module" src="/checkout/assets/checkout-page.js"></script></body></html>`;
}

/** What pixels are given of a checkout. */
function checkoutData({ priced }: Checkout, orderId: string | null) {
  return {
    order: orderId === null ? null : { id: orderId },
    lineItems: priced.lines.map(({ line, product, variant }) => ({
      quantity: line.quantity,
      variant: { id: variant.id, product: { id: product.id, title: product.title } },
    })),
  };
}

interface Address {
  firstName: string;
  lastName: string;
  address: string;
  city: string;
  zip: string;
}

const TEST_ADDRESSES: Record<string, Address> = {
  JP: { lastName: "試験", firstName: "花子", address: "丸の内1-1-1", city: "東京都千代田区", zip: "100-0005" },
};
const TEST_ADDRESS: Address = {
  firstName: "Test",
  lastName: "Shopper",
  address: "1 Example Street",
  city: "Springfield",
  zip: "12345",
};

const field = (name: string, label: string, value: string, type = "text") =>
  `<label class="field"><span>${label}</span><input name="${name}" type="${type}" value="${e(value)}" autocomplete="off"></label>`;

function formHtml(visitor: Visitor, checkout: Checkout): string {
  const texts = checkoutTexts(visitor.locale);
  const address = TEST_ADDRESSES[visitor.country] ?? TEST_ADDRESS;
  const country = new Intl.DisplayNames([visitor.locale], { type: "region" }).of(visitor.country) ?? visitor.country;
  const first = field("first_name", texts.firstName, address.firstName);
  const last = field("last_name", texts.lastName, address.lastName);
  const names = visitor.locale === "ja" ? last + first : first + last;
  return `<form id="checkout" method="post" action="${visitor.prefix}/checkout">
    <section><h2>${texts.contact}</h2>${field("email", texts.email, "shopper@example.com", "email")}</section>
    <section><h2>${texts.delivery}</h2>
      <label class="field"><span>${texts.country}</span><select name="country"><option>${e(country)}</option></select></label>
      <div class="pair">${names}</div>
      ${field("address", texts.address, address.address)}
      <div class="pair">${field("zip", texts.zip, address.zip)}${field("city", texts.city, address.city)}</div>
    </section>
    <section><h2>${texts.deliveryMethod}</h2>${deliveryHtml(visitor, checkout)}
      <noscript><button class="plain" name="update" value="1">${texts.update}</button></noscript></section>
    <section><h2>${texts.payment}</h2><p class="soft">${texts.paymentNote}</p>
      <div class="options"><div class="option"><span class="card-mark" aria-hidden="true"></span><span class="grow">${texts.testCard}</span></div></div></section>
    __BLOCK_SLOT__
    <button class="pay" name="pay" value="1">${texts.pay}</button>
  </form>`;
}

/** The checkout: one page, with test data filled in. `slots` are the frames of the app's extension. */
export function checkoutPage(
  context: StoreContext,
  visitor: Visitor,
  checkout: Checkout,
  slots: { block: string; lines: string },
  notice: string | null,
): string {
  const texts = checkoutTexts(visitor.locale);
  const total = moneyText(checkout.totalMinor, checkout.priced.currency);
  const alert = notice === null ? "" : `<p class="alert" role="alert">${e(notice)}</p>`;
  return shell(
    context,
    visitor,
    texts.checkout,
    `<main class="columns"><div class="main"><h1 class="hidden">${texts.checkout}</h1>${alert}${formHtml(visitor, checkout).replace("__BLOCK_SLOT__", () => slots.block)}</div>
    <aside class="side"><details class="fold" open><summary><span>${texts.summary}</span><strong data-total-head>${total}</strong></summary>
    ${summaryHtml(visitor, checkout, slots.lines)}</details></aside></main>`,
    [{ name: "checkout_started", data: { checkout: checkoutData(checkout, null) } }],
  );
}

/** The page after paying. */
export function thankYouPage(
  context: StoreContext,
  visitor: Visitor,
  placed: { checkout: Checkout; orderName: string; orderId: string },
  slots: { block: string; lines: string },
): string {
  const texts = checkoutTexts(visitor.locale);
  const { priced } = placed.checkout;
  return shell(
    context,
    visitor,
    texts.thanks,
    `<main class="columns"><div class="main">
      <div class="thanks"><svg viewBox="0 0 50 50" width="50" height="50" fill="none" stroke="#1773b0" stroke-width="2" aria-hidden="true"><circle cx="25" cy="25" r="23"/><path d="m15 25 7 7 13-14"/></svg>
      <div><p class="soft">${texts.confirmation} ${e(placed.orderName)}</p><h1>${texts.thanks}</h1></div></div>
      <section class="panel"><h2>${texts.confirmed}</h2><p>${texts.confirmedNote}</p></section>
      ${slots.block}
      <p class="end"><a class="pay" href="${visitor.prefix || "/"}">${texts.continue}</a></p>
    </div><aside class="side"><details class="fold" open><summary><span>${texts.summary}</span><strong>${moneyText(placed.checkout.totalMinor, priced.currency)}</strong></summary>
    ${summaryHtml(visitor, placed.checkout, slots.lines, false)}</details></aside></main>`,
    [{ name: "checkout_completed", data: { checkout: checkoutData(placed.checkout, placed.orderId) } }],
  );
}
