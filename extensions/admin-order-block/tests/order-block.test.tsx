/// <reference types="@shopify/ui-extensions/admin.order-details.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { OrderOffers } from "../src/order-offers.ts";
import { PATIENT } from "../../../test/patience.ts";

const extension = getExtension("admin.order-details.block.render");
const ORDER = "gid://shopify/Order/1001";
const VIEW: OrderOffers = {
  ...{ currency: "USD", otherDiscounts: "0.00", through: [], simulator: "/app/simulator?order=1001" },
  saved: [{ name: "Quantity discount", amount: "4.00" }],
  today: [
    { offer: "Two teas", code: "applied", saved: "4.00", lostTo: [], more: "0.00" },
    { offer: "Set", code: "lost", saved: "0.00", lostTo: ["Two teas"], more: "1.50" },
  ],
};
const text = () => document.body.textContent ?? "";

beforeEach(() => {
  extension.setUp();
  extension.shopify.data = { selected: [{ id: ORDER }] };
  extension.shopify.i18n.translate = ((key: string, options: object = {}) =>
    [key, ...Object.values(options)].join(" ")) as typeof extension.shopify.i18n.translate;
  extension.shopify.i18n.formatCurrency = (amount, options) =>
    new Intl.NumberFormat("en", { style: "currency", ...options }).format(amount);
});
afterEach(() => {
  extension.tearDown();
  vi.unstubAllGlobals();
});

function answers(...bodies: (object | number)[]) {
  const send = vi.fn();
  for (const body of bodies) {
    const answer = typeof body === "number" ? new Response(null, { status: body }) : Response.json(body);
    send.mockResolvedValueOnce(answer);
  }
  vi.stubGlobal("fetch", send);
  return send;
}

test("shows what was saved, what lost and why, and a link to the order's cart in the simulator", async () => {
  const send = answers({ code: "found", view: VIEW });
  await extension.render();
  await vi.waitFor(() => expect(text()).toContain("saved Quantity discount $4.00"), PATIENT);
  expect(text()).toContain("applied Two teas $4.00");
  expect(text()).toContain("lost Set Two teas $1.50");
  expect(text()).not.toContain("other");
  expect(document.body.querySelector("s-link")!.getAttribute("href")).toBe("app:/app/simulator?order=1001");
  expect(send.mock.calls[0]![0]).toBe(`/app/order-offers?id=${encodeURIComponent(ORDER)}&language=language`);
});

test("writes yen with the sign of the shop's pages", async () => {
  extension.shopify.i18n.formatCurrency = (amount, options) =>
    new Intl.NumberFormat("ja", { style: "currency", ...options }).format(amount);
  answers({ code: "found", view: { ...VIEW, currency: "JPY", saved: [], otherDiscounts: "99" } });
  await extension.render();
  await vi.waitFor(() => expect(text()).toContain("other ¥99"), PATIENT);
});

test("names other discounts, lines that came through offers, and offers that are gone", async () => {
  const through = [{ title: "Cup", surface: "cart", offer: "" }];
  answers({ code: "found", view: { ...VIEW, saved: [], today: [], otherDiscounts: "0.99", through } });
  await extension.render();
  await vi.waitFor(() => expect(text()).toContain("nothing"), PATIENT);
  expect(text()).toContain("other $0.99");
  expect(text()).toContain("through.cart Cup unnamed");
});

test("writes amounts in the currency that was paid, without another word", async () => {
  const saved = [{ name: "Quantity discount", amount: "1000" }];
  answers({ code: "found", view: { ...VIEW, currency: "JPY", saved, instead: null } });
  await extension.render();
  await vi.waitFor(() => expect(text()).toContain("saved Quantity discount ¥1,000"), PATIENT);
  expect(text()).not.toContain("instead");
});

test.each(["stored", "stored-converted", "converted"] as const)(
  "says what is shown in place of what was paid (%s)",
  async (instead) => {
    answers({ code: "found", view: { ...VIEW, instead } });
    await extension.render();
    await vi.waitFor(() => expect(text()).toContain(`instead.${instead} USD`), PATIENT);
    expect(text()).toContain("saved Quantity discount $4.00");
  },
);

test("does not say that none of our discounts applied where that is not known", async () => {
  answers({ code: "found", view: { ...VIEW, saved: [], otherDiscounts: "6.67", savedUnknown: true } });
  await extension.render();
  await vi.waitFor(() => expect(text()).toContain("otherOrOurs $6.67"), PATIENT);
  expect(text()).not.toContain("nothing");
});

test.each([
  [404, "notFound"],
  [500, "failed"],
])("says in words that there is no answer (%s), and asks again", async (status, words) => {
  answers(status, { code: "found", view: VIEW });
  await extension.render();
  await vi.waitFor(() => expect(text()).toContain(words), PATIENT);
  document.body.querySelector<HTMLElement>("s-button")!.click();
  await vi.waitFor(() => expect(text()).toContain("saved Quantity discount $4.00"), PATIENT);
});

test("says what was given as store credit, and why not", async () => {
  extension.shopify.i18n.formatDate = (date) => date.toISOString().slice(0, 10);
  const none = { given: "0.00", takenBack: "0.00", lost: "0.00", currency: "EUR", dueAt: "2026-12-04T10:00:00Z" };
  const credits = [
    { ...none, offer: "Tea set", given: "5.00", reason: null },
    { ...none, offer: "Cup set", given: "5.00", takenBack: "2.00", reason: null },
    { ...none, offer: "Pot set", given: "5.00", takenBack: "2.00", lost: "3.00", reason: null },
    { ...none, offer: "Jar set", reason: "waiting" },
    { ...none, offer: "", reason: "no-customer" },
  ];
  answers({ code: "found", view: { ...VIEW, credits } });
  await extension.render();
  await vi.waitFor(() => expect(text()).toContain("creditGiven Tea set €5.00"), PATIENT);
  expect(text()).toContain("creditPartly Cup set €5.00 €2.00");
  expect(text()).toContain("creditLost Pot set €5.00 €2.00 €3.00");
  expect(text()).toContain("credit.waiting Jar set 2026-12-04");
  expect(text()).toContain("credit.no-customer unnamed");
});
