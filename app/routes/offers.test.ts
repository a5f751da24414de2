import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { smallProduct, smallShop } from "../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { shopDomain } from "../domain/ids.ts";
import type { OfferTypeName } from "../domain/offers/offer-type-name.ts";
import { goal as goalType } from "../domain/offers/types/goal/config.ts";
import { runBacktest } from "../flows/backtest/run-backtest.ts";
import { moveEvents } from "../flows/measurement/move-events.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import type { EventStore } from "../persistence/events/event-store.ts";
import { rowsText, type ShapeForm } from "../ui/forms/shape-form.ts";
import { offerForm } from "../ui/offers/offer-form.ts";
import type { OfferEditorView } from "../views/offer-editor-view.ts";
import type { OffersView } from "../views/offers-view.ts";
import * as backtestRoute from "./app.backtest.tsx";
import * as offerRoute from "./app.offers.$id.tsx";
import * as listRoute from "./app.offers._index.tsx";
import * as previewRoute from "./app.preview.tsx";
import * as productsRoute from "./app.products.tsx";

const SHOP = "small.myshopify.com";
const OTHER_SHOP = "neighbour.myshopify.com";

let app: WiredApp;

beforeAll(async () => {
  const products = (title: string) =>
    new Map(["101", "102"].map((id) => [id, smallProduct(id, { title: `${title} ${id}` })]));
  app = await wireApp([
    smallShop([], { products: products("Cup") }),
    smallShop([], { domain: OTHER_SHOP, products: products("Secret") }),
  ]);
  for (const domain of [SHOP, OTHER_SHOP].map(shopDomain)) {
    await app.signIn(domain);
    await installShop(domain, app.context);
  }
  await app.drain();
});
afterAll(() => app.close());

const context = () => app.loadContext;
const bodyOf = (fields: Record<string, string>) => new URLSearchParams(fields);

async function list(query = "", shop = SHOP): Promise<OffersView> {
  const request = pageRequest(`/app/offers?${query}`, { shop });
  return (await listRoute.loader({ request, params: {}, context: context() })).view;
}

async function act(fields: Record<string, string>, shop = SHOP) {
  const request = pageRequest("/app/offers?index", { shop }, bodyOf(fields));
  return listRoute.action({ request, params: {}, context: context() });
}
const change = (intent: string, numbers: number[], shop = SHOP) =>
  act({ intent, numbers: JSON.stringify(numbers) }, shop);

async function open(id: string, query = "", shop = SHOP): Promise<OfferEditorView> {
  const request = pageRequest(`/app/offers/${id}?${query}`, { shop });
  return (await offerRoute.loader({ request, params: { id }, context: context() })).view as OfferEditorView;
}

async function send(
  id: string,
  type: string,
  form: unknown,
  shop = SHOP,
): Promise<{
  status: number;
  answer: { code: string; number?: number; version?: number; errors?: object; reason?: string };
}> {
  const request = pageRequest(`/app/offers/${id}`, { shop }, bodyOf({ intent: type, form: JSON.stringify(form) }));
  const response = await offerRoute.action({ request, params: { id }, context: context() });
  return { status: response.status, answer: (await response.json()) as never };
}

const save = (id: string, seen: OfferEditorView, typed: ShapeForm, shop = SHOP) =>
  send(id, seen.type, { fields: { ...offerForm(seen), ...typed }, version: seen.stored?.version ?? 0 }, shop);

/** A stored offer, made as staff make it. */
async function make(type: OfferTypeName, typed: ShapeForm, shop = SHOP): Promise<number> {
  const { answer } = await save("new", await open("new", `type=${type}`, shop), typed, shop);
  expect(answer).toMatchObject({ code: "saved", version: 1 });
  return answer.number!;
}

const goal = { name: "Free from 50", status: "active", "config.amounts.USD": "50" };

describe("the editor", () => {
  test("keeps what staff typed, and shows it again", async () => {
    const from = `${new Date().getUTCFullYear() + 1}-12-01T00:00`;
    const number = await make("goal", { ...goal, "schedule.isSet": true, "schedule.from": from });
    const seen = await open(String(number));
    expect(seen).toMatchObject({
      type: "goal",
      stored: { version: 1, state: "scheduled" },
      content: {
        name: "Free from 50",
        status: "active",
        config: { amounts: { USD: 5000 } },
        schedule: { from },
      },
    });
  });

  test("names every field that is wrong by its name in the form, and stores nothing", async () => {
    const before = (await list()).total;
    const seen = await open("new", "type=quantity-breaks");
    const tiers = rowsText([
      { quantity: "3", "reward.kind": "percent", "reward.basisPoints": "10" },
      { quantity: "2", "reward.kind": "percent", "reward.basisPoints": "ten" },
    ]);
    const typed = {
      "config.tiers": tiers,
      "schedule.isSet": true,
      "schedule.from": "2026-12-02T00:00",
      "schedule.to": "2026-12-01T00:00",
    };
    expect((await save("new", seen, typed)).answer).toEqual({
      code: "invalid",
      errors: {
        ...{ "config.tiers.1.quantity": "not-rising", "config.tiers.1.reward.basisPoints": "not-a-percentage" },
        "schedule.to": "ends-before-it-begins",
      },
    });
    expect((await list()).total).toBe(before);
  });

  test("saves a draft that lacks something, and refuses to activate it", async () => {
    const number = await make("goal", { name: "Later" });
    const seen = await open(String(number));
    expect((await save(String(number), seen, { status: "active" })).answer).toEqual({
      code: "invalid",
      errors: { "config.amounts": "no-amount" },
    });
    expect(await change("activate", [number])).toMatchObject({
      code: "changed",
      changed: [],
      refused: [{ number, name: "Later", reason: "incomplete" }],
    });
  });

  test("tells the second of two people who save, and overwrites nothing of the first one's", async () => {
    const number = await make("goal", goal);
    const [first, second] = [await open(String(number)), await open(String(number))];
    expect((await save(String(number), first, { "config.amounts.USD": "60" })).answer).toMatchObject({ version: 2 });
    expect((await save(String(number), second, { name: "Mine" })).answer).toEqual({ code: "stale" });
    expect((await open(String(number))).content).toMatchObject({
      name: "Free from 50",
      config: { amounts: { USD: 6000 } },
    });
  });

  test.each([
    ["of an unknown type", "lottery", { fields: {}, version: 0 }],
    ["that is no form of the type", "goal", { fields: { price: "1" }, version: 0 }],
    ["of no version", "goal", { fields: {} }],
  ])("refuses an offer %s", async (_, type, form) => {
    expect(await send("new", type, form)).toEqual({ status: 400, answer: { code: "unreadable" } });
  });

  test.each(["0", "9999", "x", "1e3"])("has no page for an offer that does not exist: %s", async (id) => {
    await expect(open(id)).rejects.toMatchObject({ status: 404 });
    const seen = await open("new", "type=goal");
    expect((await save(id, seen, goal)).answer).toEqual({ code: "refused", reason: "not-found" });
  });
});

describe("the list", () => {
  test("finds offers by name, status and type", async () => {
    const number = await make("goal", { ...goal, name: "Summer shipping", status: "paused" });
    const numbersOf = async (query: string) => (await list(query)).offers.map((offer) => offer.number);
    expect(await numbersOf("q=SUMMER&show=paused&type=goal")).toEqual([number]);
    expect(await numbersOf("q=summer&show=draft")).toEqual([]);
    expect(await numbersOf("q=summer&type=quantity-breaks")).toEqual([]);
    expect((await list("q=summer&page=99&show=nonsense")).page).toBe(1);
  });

  test("pauses several at once, and takes it back", async () => {
    const numbers = [await make("goal", goal), await make("goal", goal)];
    const paused = await change("pause", numbers);
    expect(paused).toMatchObject({ intent: "pause", code: "changed", refused: [] });
    const states = async () =>
      (await list()).offers.filter(({ number }) => numbers.includes(number)).map(({ status }) => status);
    expect(await states()).toEqual(["paused", "paused"]);
    const changes = JSON.stringify("changed" in paused ? paused.changed : []);
    expect(await act({ intent: "undo", changes })).toMatchObject({ code: "undone", stale: [] });
    expect(await states()).toEqual(["active", "active"]);
  });

  test("does not undo what somebody changed since", async () => {
    const number = await make("goal", goal);
    const paused = await change("pause", [number]);
    await save(String(number), await open(String(number)), { name: "Renamed" });
    const changes = JSON.stringify("changed" in paused ? paused.changed : []);
    expect(await act({ intent: "undo", changes })).toMatchObject({ code: "undone", changed: [], stale: [number] });
    expect((await open(String(number))).content.name).toBe("Renamed");
  });

  test("duplicates an offer as a draft under a name of its own", async () => {
    const number = await make("goal", { ...goal, name: "Twin" });
    const copied = await change("duplicate", [number]);
    const copy = "changed" in copied ? copied.changed[0]!.number : 0;
    expect((await open(String(copy))).content).toMatchObject({ name: "Twin (2)", status: "draft" });
  });

  test("an offer that customers dislike is kept as it is and asked about again, by staff of its own shop alone", async () => {
    const { number } = (await list()).offers[0]!;
    expect(await act({ intent: "keep", number: String(number) })).toEqual({ intent: "keep", code: "not-found" });
    await app.context.database.pool.query(
      `INSERT INTO failing_offers (shop, offer_number, judged_from, failing, paused, found_at)
       SELECT shop, number, judged_from, $3, false, now() FROM offers WHERE shop = $1 AND number = $2`,
      [SHOP, number, { code: "disliked", answers: 40, no: 36 }],
    );
    const settled = async () => (await list()).offers.find((one) => one.number === number)!.failing?.settled;
    expect(await act({ intent: "keep", number: String(number) }, OTHER_SHOP)).toMatchObject({ code: "not-found" });
    expect(await settled()).toBe(false);
    expect(await act({ intent: "keep", number: String(number) })).toEqual({ intent: "keep", code: "kept", number });
    expect(await settled()).toBe(true);
    expect(await act({ intent: "ask-again", number: String(number) })).toMatchObject({ code: "asked-again", number });
    expect(await settled()).toBe(false);
  });

  test.each([
    { intent: "keep", number: "0" },
    { intent: "ask-again", number: "one" },
    { intent: "delete", numbers: "[1]" },
    { intent: "pause", numbers: "[]" },
    { intent: "pause", numbers: "[0]" },
    { intent: "pause", numbers: "{" },
    { intent: "undo", changes: '[{"number":1}]' },
  ])("refuses what it does not understand: %j", async (fields) => {
    const before = await list();
    expect(await act(fields as unknown as Record<string, string>)).toMatchObject({ code: "unreadable" });
    expect(await list()).toEqual(before);
  });
});

test("no shop sees or changes another's offers", async () => {
  const number = await make("goal", { ...goal, name: "Ours alone" });
  expect((await list("q=ours+alone", OTHER_SHOP)).total).toBe(0);
  const theirs = await list("", OTHER_SHOP);
  const known = theirs.offers.map((offer) => offer.number);
  if (!known.includes(number))
    await expect(open(String(number), "", OTHER_SHOP)).rejects.toMatchObject({ status: 404 });
  await change("archive", [number], OTHER_SHOP);
  expect((await open(String(number))).content.status).toBe("active");
});

test("an offer's page counts what shoppers did with it lately, in its own shop", async () => {
  const { number } = (await list()).offers[0]!;
  const now = app.context.now().getTime();
  const event = {
    ...({ kind: "seen", visitor: "", offer: number, surface: "cart", product: "101", at: now - 3_600_000 } as const),
    ...{ shop: shopDomain(SHOP), id: "" },
  };
  const others = [{ offer: number + 1 }, { shop: shopDomain(OTHER_SHOP) }, { kind: "added" as const }];
  const events = [{}, {}, ...others].map((change, place) => ({ ...event, id: `event-${place}`, ...change }));
  await app.context.events.append(events);
  await moveEvents(app.context);

  const funnelOf = async (events: EventStore) => {
    const request = pageRequest(`/app/offers/${number}`, { shop: SHOP });
    const flows = { ...context().flows, events };
    const page = { request, params: { id: String(number) }, context: { ...context(), flows } };
    return (await offerRoute.loader(page)).funnel;
  };
  const surfaces = [{ surface: "cart", shown: 0, seen: 2, clicked: 0, added: 1, declined: 0 }];
  expect(await funnelOf(app.context.events)).toEqual({ days: 28, surfaces });
  const unreachable = { readTotals: () => Promise.reject(new Error("no connection")) };
  expect(await funnelOf(unreachable as unknown as EventStore)).toBeNull();
});

describe("the preview of an offer", () => {
  const preview = (type: string, content: unknown) => {
    const query = new URLSearchParams({
      type,
      content: typeof content === "string" ? content : JSON.stringify(content),
    });
    const request = pageRequest(`/app/preview?${query.toString()}`, { shop: SHOP });
    return previewRoute.loader({ request, params: {}, context: context() });
  };

  test("is the theme's own block with the shop's products, as the form stands", async () => {
    const { html } = await preview("bought-together", {
      config: { setSize: 1 },
      reward: { kind: "percent", basisPoints: 1500 },
    });
    expect(html).toContain("Cup 101");
    expect(html).toContain("15%");
    const bar = await preview("goal", {
      config: { ...goalType.config.default, amounts: { USD: 5000 } },
      reward: null,
    });
    expect(bar.html).toContain("$19.99 more for free shipping");
    expect(bar.html).toContain("($19.99) and get free shipping.");
    expect(bar.html).not.toContain("Cup 101");
    const without = await preview("goal", {
      config: { ...goalType.config.default, amounts: { USD: 5000 }, closesGap: false },
      reward: null,
    });
    expect(without.html).toContain("$20.00 more for free shipping");
    expect(without.html).not.toContain("and get free shipping.");
  });

  test("shows each tier of quantity breaks with its price", async () => {
    const reward = { kind: "percent", basisPoints: 1000 };
    const config = { tiers: [{ quantity: 3, reward }], variants: "together" };
    const { html } = await preview("quantity-breaks", { config, reward: null });
    expect(html).toContain("$19.99 each");
    expect(html).toContain("$17.99 each");
  });

  test("shows nothing of a goal without an amount", async () => {
    const config = goalType.config.default;
    expect((await preview("goal", { config, reward: null })).html).toBeNull();
  });

  test.each([
    ["lottery", {}],
    ["goal", {}],
    ["goal", "{"],
    ["goal", { config: { amounts: { USD: -1 } }, reward: null }],
  ])("is refused for %s %j", async (type, content) => {
    await expect(preview(type, content)).rejects.toMatchObject({ status: 400 });
  });
});

test("products are named by their ids, those of other shops and of no shop left out", async () => {
  const request = pageRequest("/app/products?ids=102+999+x", { shop: SHOP });
  const { products } = await productsRoute.loader({ request, params: {}, context: context() });
  expect(products).toEqual([
    {
      productId: "gid://shopify/Product/102",
      title: "Cup 102",
      price: { amountMinor: expect.any(Number) as number, currency: "USD" },
      cost: null,
      forSale: true,
    },
  ]);
});

describe("an offer is tried on past orders", () => {
  const post = (fields: Record<string, string>, shop = SHOP) =>
    backtestRoute.action({
      ...{ request: pageRequest("/app/backtest", { shop }, bodyOf(fields)), params: {}, context: context() },
    });
  const read = async (digest: string, shop = SHOP) => {
    const request = pageRequest(`/app/backtest?digest=${digest}`, { shop });
    return (await backtestRoute.loader({ request, params: {}, context: context() })).view;
  };
  const run = (digest: string) => runBacktest(shopDomain(SHOP), digest, app.context);
  const form = async () => {
    const view = await open("new", "type=buy-x-get-y");
    return JSON.stringify({ fields: offerForm(view), version: 0 });
  };

  test("as it stands in its form, without being saved", async () => {
    const before = (await list()).total;
    const answer = await post({ intent: "try", type: "buy-x-get-y", form: await form() });
    if (answer.code !== "requested") throw new Error(answer.code);
    expect(await read(answer.digest)).toMatchObject({ status: "waiting", outcome: null });
    await run(answer.digest);
    // The shop has no orders: that is said, and no figure is shown.
    expect(await read(answer.digest)).toMatchObject({ status: "done", outcome: { code: "no-orders" } });
    expect((await list()).total).toBe(before);
    expect(await read(answer.digest, OTHER_SHOP)).toBeNull();
  });

  test("and stopped", async () => {
    const again = await post({ intent: "again", type: "buy-x-get-y", form: await form() });
    if (again.code !== "requested") throw new Error(again.code);
    expect(await post({ intent: "cancel", digest: again.digest })).toEqual({ code: "cancelled" });
    expect(await read(again.digest)).toMatchObject({ status: "cancelled" });
    await run(again.digest);
    expect(await read(again.digest)).toMatchObject({ status: "cancelled", outcome: null });
  });

  test.each([
    ["no form", { intent: "try", type: "buy-x-get-y", form: "{}" }],
    ["a type that cannot be tried", { intent: "try", type: "fixed-bundle", form: "{}" }],
    ["no such request", { intent: "sell" }],
    ["no digest", { intent: "cancel", digest: "1" }],
  ])("%s is refused", async (_, fields) => {
    expect(await post(fields)).toEqual({ code: "invalid" });
  });
});
