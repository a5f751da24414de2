import { createElement } from "react";
import { describe, expect, it } from "vitest";
import { renderHtml } from "../../../../test/fixtures/render-page.ts";
import type { CustomersView, LearntCustomersView, ListView } from "../../../views/customers-view.ts";
import { LIFETIME_INPUTS } from "../../../domain/customers/lifetime-inputs.ts";
import type { Language } from "../../kit/locale.ts";
import type { SavedForm } from "../../forms/use-saved-form.ts";
import { CustomersPage } from "./customers-page.tsx";
import { lifetimeForm, parseLifetimeForm, type LifetimeForm } from "./lifetime-form.ts";

const yen = (amountMinor: number) => ({ amountMinor, currency: "JPY" });
const field = (customers: number, record: number) => ({
  ...{ customers, customerShare: customers / 100, revenueShare: record / 1_000_000 },
  ...{ record: yen(record), room: yen(1000 * customers) },
});
const interval = { medianDays: 41.4, fromDays: 20.2, toDays: 83.1, gaps: 42, customers: 12, repeatShare: 0.57 };

const listOf = <Row>(...rows: Row[]): ListView<Row> => ({ rows, total: rows.length, page: 1, pageCount: 1 });

const learnt: LearntCustomersView = {
  ...{
    learntAt: "2026-05-01T03:30:00Z",
    orders: 1_240,
    customers: 100,
    returning: 57,
    firstAt: "2024-05-01T00:00:00Z",
  },
  ...{ unknownCustomer: 310, otherCurrency: 0, productCount: 101, due: { overdue: 5, week: 3, month: 9 } },
  proof: { due: { times: 250, bought: 100 }, overdue: { times: 40, bought: 4 } },
  nextOrder: { ...interval, due: { overdue: 1, week: 2, month: 3 } },
  funnel: [100, 57, 20, 3],
  products: listOf({
    ...{ ...interval, productId: "1", title: "Sencha", imageUrl: null, due: { overdue: 2, week: 3, month: 4 } },
    followers: [{ productId: "2", title: null, imageUrl: null, customers: 7, share: 0.2 }],
  }),
  dueCustomers: listOf({
    ...{ customer: "a1B2c3", orderId: "gid://shopify/Order/77", orderName: "#1077", state: "due", ownGaps: 0 },
    ...{ lastAt: "2026-03-20T00:00:00Z", from: "2026-05-03T00:00:00Z", to: "2026-05-12T00:00:00Z" },
    expectedAt: "2026-05-07T00:00:00Z",
    product: { productId: "1", title: "Sencha", imageUrl: null },
  }),
  map: {
    code: "ranked",
    fields: { A: field(20, 400_000), B: field(30, 90_000), C: field(30, 450_000), D: field(20, 60_000) },
    limits: { record: yen(9_500), room: yen(3_400) },
    cells: [
      { x: 0, y: 0, customers: 50 },
      { x: 9, y: 9, customers: 50 },
    ],
  },
  ranked: listOf({
    ...{ customer: "Zz9", orderId: "gid://shopify/Order/78", orderName: "#1078", lastAt: "2026-04-20T00:00:00Z" },
    ...{ rank: "A", record: yen(12_000), room: yen(30_000), orders: 6 },
    rfm: { recency: 5, frequency: 4, monetary: 3 },
  }),
  spread: {
    recencyDays: [
      { score: 5, customers: 40, from: 0, to: 10.6 },
      { score: 2, customers: 60, from: 11, to: 700 },
    ],
    orders: [{ score: 3, customers: 100, from: 1, to: 1 }],
    revenueMinor: [{ score: 5, customers: 20, from: 400, to: 60_000 }],
    currency: "JPY",
  },
  lifetime: { known: { averageOrder: 5_000, ordersPerCustomer: 2.5 }, entered: {}, costKnownShare: 0.4, version: 0 },
};

const ready: CustomersView = {
  shop: { domain: "tea.myshopify.com", currency: "JPY", timezone: "Asia/Tokyo" },
  ...{ state: "ready", learning: false, learnt },
};

/** The page as the server sends it. */
function html(language: Language, view: CustomersView, typed: LifetimeForm = {}): string {
  const { known = {}, entered = {} } = view.learnt?.lifetime ?? {};
  const form = { ...lifetimeForm(known, entered, view.shop.currency), ...typed };
  const { errors } = parseLifetimeForm(form, view.shop.currency);
  const nothing = () => undefined;
  const lifetime: SavedForm<LifetimeForm> = {
    ...{
      fields: form,
      errors,
      dirty: false,
      saving: false,
      slow: false,
      failure: null,
      refusal: null,
      answer: undefined,
      overtaken: [],
    },
    ...{ change: nothing, choose: nothing, save: nothing, discard: nothing },
  };
  return renderHtml(language, createElement(CustomersPage, { view, lifetime }));
}

/** The page's words, tags and markers taken out. */
function words(...args: Parameters<typeof html>): string {
  const text = html(...args).replace(/<!-- -->/g, "");
  return text
    .replace(/<[^>]+>/g, "|")
    .replace(/\|+/g, "|")
    .replaceAll("&amp;", "&")
    .replaceAll("&#x27;", "'");
}

const changed = (change: Partial<LearntCustomersView>): CustomersView => ({
  ...ready,
  learnt: { ...learnt, ...change },
});

describe("the customers page", () => {
  it("writes the shares of the chart of repeat purchases with the same digits, as its table does", () => {
    const page = words("en", ready);
    for (const share of ["100.0", "57.0", "20.0", "3.0"]) expect(page).toMatch(new RegExp(`or more\\|${share}\\|`));
  });

  it("says when what is bought again, on how many customers that rests and how many are due", () => {
    const page = words("en", ready);
    expect(page).toContain("|Sencha|Bought again after 41 days, usually 20 to 83|");
    expect(page).toContain("12 customers bought it again, 42 times in all; 57% of its customers do");
    expect(page).toContain("Often followed by Deleted product");
    expect(page).toContain("|Overdue|2|Within 7 days|3|Within 30 days|4|");
    expect(page).toContain(
      "due for a product 30 days ago; 100 were followed by a purchase (40%). Of those overdue then, 10% were.",
    );
    expect(page).toContain("100 more products are bought again");
    expect(page).toContain("310 guest and POS orders with no customer are not included.");
  });

  it("shows who is due by pseudonym and window, with the order that leads to them", () => {
    expect(words("en", ready)).toContain("Expected around May 7, 2026 (May 3 – May 12, 2026)");
    expect(words("en", ready)).toContain("|Customer a1B2c3|");
    expect(html("en", ready)).toContain('href="https://tea.myshopify.com/admin/orders/77"');
    expect(words("ja", ready)).toContain("予想：2026年5月7日ごろ（2026年5月3日～5月12日）");
  });

  it("draws the map with every field's count and share of revenue, and says the same in a table", () => {
    const page = words("en", ready);
    expect(page).toContain("|A Grow|20 customers|40% of revenue|");
    expect(page).toContain("|D Low priority|20 |20%|¥60,000 |6%|¥20,000|");
    expect(html("en", ready)).toContain('aria-label="Customers by rank"');
    expect(words("ja", ready)).toContain("|C 維持する|30人|売上の45%|");
  });

  it("writes every amount in the shop's currency, yen without decimals", () => {
    for (const language of ["en", "ja"] as const) expect(words(language, ready)).not.toMatch(/[¥￥][\d,]+\.\d/);
    expect(words("en", ready)).toContain("¥12,000 spent so far · ¥30,000 potential a year");
    // A score that nobody has says so, and no value is in two of them.
    expect(words("en", ready)).toContain("|5|0–10 |40 customers|– |¥400–¥60,000 |20 customers|");
    expect(words("en", ready)).toContain("|2|11–700 |60 customers|– |– |");
  });

  it("values a customer by what the orders give, and names what is missing instead of guessing", () => {
    const page = words("en", ready);
    expect(page).toContain("|Average order value × orders per customer|");
    expect(page).toContain("|¥12,500|");
    expect(page).toContain("Still needed: Orders a year and Customer lifespan (years).");
    const typed = {
      marginShare: "40",
      ordersPerYear: "2",
      years: "3",
      acquisitionCost: "15000",
      retentionCostPerYear: "0",
      yearlyRevenue: "9000",
    };
    const full = words("en", ready, typed);
    // 5,000 x 2 x 3, 9,000 x 40 % x 3, and 5,000 x 2.5 x 40 %, a third of which is the usual aim.
    for (const value of ["|¥30,000|", "|¥10,800|", "|¥5,000|"]) expect(full).toContain(value);
    expect(full).toContain(
      "At this acquisition cost you break even: ¥5,000. With the common 3:1 target: up to ¥1,666.",
    );
    expect(full).toContain("|-¥3,000|");
    expect(words("en", ready, { marginShare: "40", monthlyRevenue: "900", monthlyChurnShare: "0" })).toContain(
      "With no churn, the value has no limit.",
    );
  });

  it("says where the margin comes from, and lets it be overruled", () => {
    const known = { ...learnt.lifetime.known, marginShare: 0.5 };
    const view = changed({ lifetime: { ...learnt.lifetime, known, costKnownShare: 0.9 } });
    expect(words("en", view)).toContain("Margin calculated from the unit costs of 90% of last year’s revenue");
    expect(words("en", view)).toContain("From your orders: 50%. Leave empty to use it.");
    expect(words("en", view)).toContain("|¥6,250|");
    expect(words("en", view, { marginShare: "20" })).toContain("|Profit margin |your input|20%|¥2,500|");
  });

  it("says at the field and above what is wrong", () => {
    const page = words("en", ready, { marginShare: "140", initialFee: "9.5" });
    expect(page).toContain("Check 2 fields");
    expect(page).toContain("Enter a percentage from 0 to 100.");
    expect(page).toContain("JPY has no decimals: enter a whole amount.");
  });

  it("has words for every input of the formulas and every way that one can be wrong", () => {
    const typed = { marginShare: "x", initialFee: "x", years: "x", ordersPerYear: "9999", monthlyFee: "1.5" };
    for (const language of ["en", "ja"] as const) {
      const view = changed({ lifetime: { known: {}, entered: {}, costKnownShare: null, version: 0 } });
      expect(words(language, view, typed)).not.toMatch(/lifetime\.|map\.|state\./);
      const known = Object.fromEntries(Object.keys(LIFETIME_INPUTS).map((name) => [name, 1]));
      const all = changed({ lifetime: { known, entered: {}, costKnownShare: 0.9, version: 0 } });
      expect(words(language, all)).not.toMatch(/lifetime\.|map\.|state\./);
    }
  });
});

describe("the customers page before there is anything to say", () => {
  it("sends a shop without orders home, and asks for patience while orders are analysed", () => {
    expect(words("en", { ...ready, state: "no-orders", learnt: null })).toContain("|Go to Home|");
    const learning = { ...ready, state: "learning", learning: true, learnt: null } as const;
    expect(words("en", learning)).toContain("Analysing your customers’ orders");
    expect(words("en", { ...ready, learning: true })).toContain("New orders are being analysed");
  });

  it("says that orders without customers cannot be learnt from", () => {
    const empty = changed({ customers: 0, orders: 0, returning: 0, firstAt: null, unknownCustomer: 1 });
    expect(words("en", empty)).toContain("Your 1 order is a guest or POS order with no customer");
    expect(words("ja", empty)).toContain("注文1件はすべてゲスト購入");
  });

  it("says in plain words where too few customers have come back", () => {
    const few = changed({
      ...{
        customers: 7,
        returning: 1,
        nextOrder: null,
        products: listOf(),
        productCount: 0,
        dueCustomers: listOf(),
        ranked: listOf(),
      },
      map: { code: "too-few-customers", customers: 7 },
    });
    const page = words("en", few);
    expect(page).toContain("ten repeat purchases by at least five customers");
    expect(page).toContain("So far 1 of your customers has bought again");
    expect(page).toContain("There are 7 known customers so far.");
    expect(page).toContain("varies too much to tell");
    expect(page).not.toContain("Customers who are due");
    expect(words("ja", changed({ map: { code: "no-repeat-customers", customers: 40 } }))).toContain("顧客は40人で");
  });
});
