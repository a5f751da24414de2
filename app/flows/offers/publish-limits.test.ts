import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { gid, type ProductId } from "../../domain/ids.ts";
import { METAFIELD_BYTES } from "../../domain/publishing/limits.ts";
import { LISTED_COMPANIONS, OFFER_COMPANIONS } from "../../domain/shoppers/list-lengths.ts";
import { parseProductOffer } from "../../domain/offers/types/bought-together/published.ts";
import { saveChoice } from "../../persistence/offers/choices.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { markPublishDue } from "../../persistence/publishing/publish-due.ts";
import { countOffers } from "../../persistence/publishing/published.ts";
import { installShop } from "../shop/install-shop.ts";
import { publishOffers } from "../publishing/publish-offers.ts";
import { republish } from "../publishing/republish.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
/** Of eighteen digits: longer than any that Shopify has given out. */
const IDS = Array.from({ length: 40 }, (_, place) => String(100_000_000_000_000_000n + BigInt(place)));
const product = (place: number) => gid("Product", IDS[place]!);

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop(IDS);
  app = await wireApp([shop], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.context.database.pool.query("TRUNCATE choices, published, offer_entries");
  shop.metafields.clear();
});

/** Pins, as many as wanted: more than a page lets a merchant make. */
async function pin(trigger: ProductId, companions: readonly ProductId[]): Promise<void> {
  await inShop(app.context.database, app.shop, async (tx) => {
    for (const [place, companion] of companions.entries()) {
      await saveChoice(tx, { trigger, companion, kind: "pin" }, new Date(NOW + place));
    }
    await markPublishDue(tx, [trigger]);
  });
}

/** What Shopify holds under this key, by owner. */
function held(key: string): Map<string, string> {
  const metafields = [...shop.metafields.values()].filter((metafield) => metafield.key === key);
  return new Map(metafields.map(({ ownerId, value }) => [ownerId, value]));
}

/** Runs `work` while Shopify finds one owner's metafield of this key too long. */
async function refusing<T>(ownerId: string, key: string, work: () => Promise<T>): Promise<T> {
  const { fetch } = app.store;
  app.store.fetch = async (request) => {
    const body = (await request
      .clone()
      .json()
      .catch(() => null)) as {
      variables?: { metafields?: { ownerId: string; key: string; value?: string }[] };
    } | null;
    const index = (body?.variables?.metafields ?? []).findIndex(
      (metafield) => metafield.ownerId === ownerId && metafield.key === key && metafield.value !== undefined,
    );
    if (index < 0) return fetch(request);
    const field = ["metafields", String(index), "value"];
    const error = { field, message: "Value is too long", code: "TOO_LONG", elementIndex: index };
    return Response.json({ data: { metafieldsSet: { metafields: null, userErrors: [error] } } });
  };
  return work().finally(() => (app.store.fetch = fetch));
}

test("an offer with more companions than fit is cut from its tail, and stays below what a Function is given", async () => {
  const companions = IDS.slice(1, 36).map((id) => gid("Product", id));
  await pin(product(0), companions);
  expect(await publishOffers(app.shop, app.context)).toMatchObject({ refused: 0 });
  const value = held("offers").get(product(0))!;
  expect(Buffer.byteLength(value)).toBeLessThan(METAFIELD_BYTES);
  expect(parseProductOffer(value)?.companions.map((companion) => companion.product)).toEqual(
    IDS.slice(1, 1 + OFFER_COMPANIONS),
  );
  expect(JSON.parse(held("companions").get(product(0))!)).toEqual(companions.slice(0, LISTED_COMPANIONS));
});

test("an offer that Shopify finds too long is put aside, and everything else is published", async () => {
  // More metafields than one call takes, the refused one among them.
  for (let place = 0; place < 30; place++) await pin(product(place), [product(place + 1)]);
  const outcome = await refusing(product(7), "offers", () => publishOffers(app.shop, app.context));
  expect(outcome).toMatchObject({ set: 4 + 60 - 1, deleted: 0, refused: 1 });
  expect([...held("offers").keys()].sort()).toEqual(
    IDS.slice(0, 30)
      .map((id) => gid("Product", id))
      .filter((id) => id !== product(7)),
  );
  expect(JSON.parse(held("policy").values().next().value!)).toMatchObject({ version: 2 });
  expect(await inShop(app.context.database, app.shop, countOffers)).toBe(29);
});

test("what was refused is not sent again until it is something else", async () => {
  await pin(product(0), [product(1)]);
  await pin(product(2), [product(3)]);
  await refusing(product(0), "offers", async () => {
    await publishOffers(app.shop, app.context);
    await app.drain();
    expect(await publishOffers(app.shop, app.context)).toMatchObject({ set: 0, deleted: 0, refused: 0 });
  });
  await pin(product(0), [product(4)]);
  expect(await publishOffers(app.shop, app.context)).toMatchObject({ refused: 0 });
  expect(parseProductOffer(held("offers").get(product(0)))?.companions).toHaveLength(2);
});

test("a shop's own metafield that is refused holds up no offer", async () => {
  await pin(product(0), [product(1)]);
  const outcome = await refusing(`gid://shopify/Shop/${shop.id}`, "checkout", () =>
    publishOffers(app.shop, app.context),
  );
  expect(outcome).toMatchObject({ set: 5, deleted: 0, refused: 1 });
  expect(held("offers").size).toBe(1);
  await republish(app.shop, app.context);
  await app.drain();
  expect(held("checkout").size).toBe(1);
});
