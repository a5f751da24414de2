import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { smallOrder, smallProduct, smallShop } from "../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import type { DevOrder } from "../../test/dev-store/shop/state.ts";
import { shopDomain } from "../domain/ids.ts";
import { DAY_MS } from "../domain/time/day.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import type { DismissalAnswer } from "../ui/proposals/use-dismissal.ts";
import { offerForm } from "../ui/offers/offer-form.ts";
import type { OfferEditorView } from "../views/offer-editor-view.ts";
import type { ProposalsView } from "../views/proposals-view.ts";
import * as home from "./app._index.tsx";
import * as editor from "./app.offers.$id.tsx";
import * as list from "./app.offers._index.tsx";
import * as preview from "./app.preview.tsx";
import * as route from "./app.proposals.tsx";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const SHOP = "small.myshopify.com";
const OTHER_SHOP = "neighbour.myshopify.com";
const NEW_SHOP = "fresh.myshopify.com";
const [TEA, CUP, RICE] = ["1", "2", "3"] as [string, string, string];
const PAIR = `pair-${TEA}-${CUP}`;

/** Tea with a cup in 60 orders; rice in 200, a third of them three bags. */
function orders(): Map<string, DevOrder> {
  const placed = new Map<string, DevOrder>();
  const add = (ids: readonly string[], quantity = 1) => {
    const id = String(1000 + placed.size);
    const order = smallOrder(id, ids, NOW - (300 - (placed.size % 300)) * DAY_MS);
    const lines = order.lines.map((line) => ({ ...line, quantity, currentQuantity: quantity }));
    placed.set(id, { ...order, customerId: `${5000 + placed.size}`, lines });
  };
  for (let n = 0; n < 60; n++) add([TEA, CUP]);
  for (let n = 0; n < 200; n++) add([RICE], n % 3 === 0 ? 3 : 1);
  return placed;
}

let app: WiredApp;

beforeAll(async () => {
  const titles = { [TEA]: "Tea", [CUP]: "Cup", [RICE]: "Rice" };
  const products = () => new Map(Object.entries(titles).map(([id, title]) => [id, smallProduct(id, { title })]));
  app = await wireApp(
    [
      smallShop([], { products: products(), orders: orders() }),
      smallShop([], { domain: OTHER_SHOP, products: products(), orders: orders() }),
      smallShop([], { domain: NEW_SHOP, products: products() }),
    ],
    { now: () => NOW },
  );
  for (const domain of [SHOP, OTHER_SHOP, NEW_SHOP].map(shopDomain)) {
    await app.signIn(domain);
    await installShop(domain, app.context);
  }
  await app.drain();
});
beforeEach(() => app.context.database.pool.query("TRUNCATE dismissed_proposals"));
afterAll(() => app.close());

const context = () => app.loadContext;

async function onOffers(shop = SHOP): Promise<ProposalsView> {
  const request = pageRequest("/app/offers", { shop });
  return (await list.loader({ request, params: {}, context: context() })).view.proposals;
}

async function onHome(shop = SHOP): Promise<ProposalsView> {
  const request = pageRequest("/app", { shop });
  return (await home.loader({ request, params: {}, context: context() })).view.proposals;
}

const ids = ({ proposals }: ProposalsView) => proposals.map(({ id }) => id);

async function act(fields: Record<string, string>, shop = SHOP): Promise<DismissalAnswer> {
  const request = pageRequest("/app/proposals", { shop }, new URLSearchParams(fields));
  return route.action({ request, params: {}, context: context() });
}

async function review(id: string, { number = "new", shop = SHOP } = {}): Promise<OfferEditorView> {
  const request = pageRequest(`/app/offers/${number}?proposal=${id}`, { shop });
  return (await editor.loader({ request, params: { id: number }, context: context() })).view as OfferEditorView;
}

/** Saves a reviewed proposal as its form begins. */
async function publish(view: OfferEditorView, number = "new"): Promise<{ code: string; number?: number }> {
  const fields = offerForm({ ...view, content: view.proposal!.content });
  const form = JSON.stringify({ fields, version: view.stored?.version ?? 0 });
  const body = new URLSearchParams({ intent: view.type, form });
  const request = pageRequest(`/app/offers/${number}`, { shop: SHOP }, body);
  const response = await editor.action({ request, params: { id: number }, context: context() });
  return (await response.json()) as { code: string };
}

test("Home and Offers propose what the shop's own orders support, with its figures", async () => {
  const view = await onOffers();
  expect(await onHome()).toEqual(view);
  expect(ids(view)).toEqual(["shipping-goal", `several-at-once-${RICE}`, PAIR]);
  expect(view.proposals[2]).toMatchObject({
    ...{ playbook: "pair", type: "bought-together", currency: "USD" },
    products: [{ title: "Tea" }, { title: "Cup" }],
    reason: { code: "pair", together: 60, orders: 60 },
    checks: [{ code: "cost-unknown", products: ["Tea", "Cup"] }],
  });
  expect(view.proposals[1]!.reason).toEqual({ code: "several", several: 67, orders: 200, usual: 3 });
  expect(view.orders).toBe(260);
});

test("a shop without orders sees that proposals come with them", async () => {
  const view = await onOffers(NEW_SHOP);
  expect(view).toMatchObject({ proposals: [], orders: null });
  expect(view.without).toContain("pair");
});

describe("a review", () => {
  test("opens the editor with everything filled in, over an offer that is not made yet", async () => {
    const view = await review(PAIR);
    expect(view).toMatchObject({ stored: null, type: "bought-together", content: { name: "", status: "draft" } });
    expect(view.proposal).toMatchObject({
      view: { id: PAIR },
      content: { name: "Tea + Cup", status: "active", reward: { kind: "percent", basisPoints: 1_000 } },
    });
  });

  test("shows the products of the proposal in its preview", async () => {
    const { config, reward } = (await review(PAIR)).proposal!.content;
    const query = new URLSearchParams({
      ...{ type: "bought-together", language: "en", products: `${TEA} ${CUP}` },
      content: JSON.stringify({ config, reward }),
    });
    const request = pageRequest(`/app/preview?${query.toString()}`, { shop: SHOP });
    const { html } = await preview.loader({ request, params: {}, context: context() });
    expect(html).toContain("Cup");
    expect(html).not.toContain("Rice");
  });

  test("is published by one save, and is proposed no more", async () => {
    const answer = await publish(await review(PAIR));
    expect(answer).toMatchObject({ code: "saved" });
    const request = pageRequest(`/app/offers/${answer.number}`, { shop: SHOP });
    const saved = await editor.loader({ request, params: { id: String(answer.number) }, context: context() });
    expect(saved.view).toMatchObject({ stored: { state: "live" }, content: { name: "Tea + Cup" } });
    await app.drain();
    const { rows } = await app.context.database.pool.query<{ value: string }>(
      "SELECT value FROM offer_entries WHERE shop = $1 AND offer_number = $2",
      [SHOP, answer.number],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.value).toContain(CUP);
    expect(ids(await onOffers())).not.toContain(PAIR);
    const archive = new URLSearchParams({ intent: "archive", numbers: `[${answer.number}]` });
    await list.action({
      request: pageRequest("/app/offers?index", { shop: SHOP }, archive),
      params: {},
      context: context(),
    });
    expect(ids(await onOffers())).toContain(PAIR);
  });

  test("fills in the draft that waits for an amount", async () => {
    const [goal] = (await onOffers()).proposals.filter(({ playbook }) => playbook === "shipping-goal");
    const number = String(goal!.draft);
    const view = await review("shipping-goal", { number });
    expect(view).toMatchObject({ stored: { state: "draft" }, content: { config: { amounts: {} } } });
    expect(await publish(view, number)).toMatchObject({ code: "saved", version: 2 });
    const request = pageRequest(`/app/offers/${number}`, { shop: SHOP });
    const saved = await editor.loader({ request, params: { id: number }, context: context() });
    expect(saved.view).toMatchObject({ stored: { state: "live" }, content: { config: { amounts: { USD: 2_400 } } } });
    expect(ids(await onOffers())).not.toContain("shipping-goal");
    const undo = new URLSearchParams({
      intent: "undo",
      changes: JSON.stringify([{ number: goal!.draft, version: 2 }]),
    });
    await list.action({
      request: pageRequest("/app/offers?index", { shop: SHOP }, undo),
      params: {},
      context: context(),
    });
    expect(ids(await onOffers())).toContain("shipping-goal");
  });

  test("of what is not proposed leads to the list of offers", async () => {
    const gone = review("pair-1-3").catch((thrown: unknown) => thrown as Response);
    expect((await gone) as unknown as Response).toMatchObject({ status: 302 });
    expect(((await gone) as unknown as Response).headers.get("location")).toBe("/app/offers");
  });

  test("of a new offer is not opened over one that is there", async () => {
    expect((await review(PAIR, { number: "1" })).proposal).toBeUndefined();
  });
});

describe("a dismissal", () => {
  test("keeps an offer from being proposed, until it is undone", async () => {
    expect(await act({ intent: "dismiss", id: PAIR })).toEqual({ intent: "dismiss", id: PAIR, code: "dismissed" });
    expect(ids(await onHome())).toEqual(["shipping-goal", `several-at-once-${RICE}`]);
    expect(await act({ intent: "restore", id: PAIR })).toMatchObject({ code: "restored" });
    expect(ids(await onHome())).toContain(PAIR);
  });

  test("concerns one shop alone", async () => {
    await act({ intent: "dismiss", id: PAIR });
    expect(ids(await onOffers(OTHER_SHOP))).toContain(PAIR);
    await act({ intent: "restore", id: PAIR }, OTHER_SHOP);
    expect(ids(await onOffers())).not.toContain(PAIR);
  });

  test("stores nothing that is not proposed", async () => {
    expect(await act({ intent: "dismiss", id: "pair-7-8" })).toMatchObject({ code: "not-found" });
    expect(await act({ intent: "dismiss", id: "'; --" })).toEqual({ intent: null, code: "unreadable" });
    expect(await act({ intent: "dismiss", id: PAIR }, NEW_SHOP)).toMatchObject({ code: "not-found" });
    const { rows } = await app.context.database.pool.query("SELECT 1 FROM dismissed_proposals");
    expect(rows).toEqual([]);
  });
});
