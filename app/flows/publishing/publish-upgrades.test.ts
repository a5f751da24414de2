import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import type { OfferContent } from "../../domain/offers/offer.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import type { VariantStep } from "../../domain/mining/upgrades/candidate.ts";
import type { PublishedUpgrade } from "../../domain/offers/types/upgrade/published.ts";
import { approveUpgrade, hideUpgrade, showUpgrade, takeBackUpgrade } from "../mining/upgrades/choose-upgrades.ts";
import { readUpgrades } from "../mining/upgrades/read-upgrades.ts";
import { saveCompatibility } from "../offers/compatibility.ts";
import { readUpgradePreview } from "../offers/read-preview.ts";
import { excludeProduct } from "../offers/exclude-product.ts";
import { createNewOffer } from "../offers/save-offer.ts";
import { installShop } from "../shop/install-shop.ts";
import { findUpgrades } from "../mining/upgrades/find-upgrades.ts";

/*
 * A kettle of $10.00 with two dearer ones of its narrow type, a tripod that no kettle is like, a tea of two sizes and
 * woods for its box, and what is published.
 */

const KETTLE = gid("Product", "101");
const FINE = gid("Product", "102");
const GRAND = gid("Product", "103");
const TRIPOD = gid("Product", "104");
const TEA = gid("Product", "105");
/** The tea's variant `to` in place of its variant `from`. */
const step = (from: number, to: number): VariantStep => {
  const variant = (number: number) => gid("ProductVariant", String(10_500 + number));
  return `${variant(from)}>${variant(to)}`;
};

let app: WiredApp;

beforeAll(async () => {
  const priced = (id: string, title: string, productType: string, priceMinor: number) => {
    const [variant] = smallProduct(id).variants;
    return smallProduct(id, { title, productType, variants: [{ ...variant!, priceMinor }] });
  };
  const kettle = (id: string, title: string, priceMinor: number) => priced(id, title, "Kettles", priceMinor);
  const [plain] = smallProduct("105").variants;
  const tea = (number: number, size: string, box: string, priceMinor: number) => ({
    ...{ ...plain!, id: String(10_500 + number), title: `${size} / ${box}`, options: [size, box], priceMinor },
  });
  const products = new Map(
    [
      smallProduct("105", {
        ...{ title: "Sencha", productType: "Teas", options: ["Size", "Box"] },
        variants: [
          tea(1, "50 g", "Cedar", 1_000),
          tea(2, "100 g", "Cedar", 1_400),
          tea(3, "50 g", "Cherry", 1_200),
          tea(4, "100 g", "Cherry", 1_700),
        ],
      }),
      kettle("101", "Plain Kettle 0.8 L", 1_000),
      kettle("102", "Fine Kettle 1.2 L", 1_400),
      kettle("103", "Grand Kettle 2 L", 2_000),
      priced("104", "Tripod", "Tripods", 5_000),
    ].map((product) => [product.id, product]),
  );
  app = await wireApp([smallShop([], { products })]);
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  await findUpgrades(app.shop, app.context);
});
afterAll(() => app.close());
beforeEach(async () => {
  const { pool } = app.context.database;
  await pool.query("DELETE FROM offers WHERE type = 'upgrade'");
  await pool.query("TRUNCATE hidden_upgrades, approved_upgrades, excluded_products, compatibility");
  await app.drain();
});

const content = contentShape("upgrade").default;
/** Makes an upgrade offer that runs, and publishes it. */
async function offer(given: Partial<OfferContent> = {}, config: object = {}): Promise<number> {
  const made = { ...content, status: "active", ...given, config: { ...(content.config as object), ...config } };
  const outcome = await createNewOffer(app.shop, "upgrade", made, app.context);
  if (outcome.code !== "saved") throw new Error(JSON.stringify(outcome));
  await app.drain();
  return outcome.number!;
}

/** The upgrades that Shopify holds for a product, by bare id. */
async function published(product: string): Promise<string[]> {
  return (await entryOf(product))?.upgrades.map((one) => one.product) ?? [];
}
async function entryOf(product: string): Promise<PublishedUpgrade | null> {
  const { rows } = await app.context.database.pool.query<{ value: string }>(
    "SELECT value FROM published WHERE owner_id = $1 AND key = 'offers'",
    [product],
  );
  const offers = rows.flatMap(({ value }) => (JSON.parse(value) as { offers: PublishedUpgrade[] }).offers);
  return offers.find(({ type }) => type === "upgrade") ?? null;
}

test("what was found within the cap is published with what is better about it, and resolved for Liquid", async () => {
  const number = await offer();
  expect(await entryOf(KETTLE)).toEqual({
    ...{ type: "upgrade", id: `up-${number}-101`, show: 1, cap: 15_000 },
    upgrades: [{ product: "102", better: [{ from: "0.8 L", to: "1.2 L" }] }],
  });
  expect(await published(FINE)).toEqual(["103"]);
  expect(await published(TRIPOD)).toEqual([]);
  const { rows } = await app.context.database.pool.query(
    "SELECT 1 FROM published WHERE owner_id = $1 AND key = 'companions'",
    [KETTLE],
  );
  expect(rows).toHaveLength(1);
});

test("every product of a type below a price is one rule", async () => {
  await offer(
    { conditions: [[{ condition: "product-types", types: ["Kettles"] }]] },
    { priceBelow: { USD: 1_400 }, upgradeCap: 14_000 },
  );
  expect(await published(KETTLE)).toEqual(["102"]);
  expect(await published(FINE)).toEqual([]);
});

test("in review only what a person approved is shown, and no longer once that is taken back", async () => {
  await offer({ mode: "review" });
  expect(await published(KETTLE)).toEqual([]);
  expect(await approveUpgrade(app.shop, KETTLE, [FINE], app.context)).toEqual({ code: "ok" });
  await app.drain();
  expect(await published(KETTLE)).toEqual(["102"]);
  await takeBackUpgrade(app.shop, KETTLE, [FINE], app.context);
  await app.drain();
  expect(await published(KETTLE)).toEqual([]);
  expect(await approveUpgrade(app.shop, KETTLE, [KETTLE], app.context)).toEqual({ code: "same-product" });
  expect(await approveUpgrade(app.shop, KETTLE, [gid("Product", "999")], app.context)).toEqual({
    code: "unknown-product",
  });
});

test("a pair of staff comes first, whatever the cap, with their words; in manual mode nothing else is shown", async () => {
  const pairs = [{ products: [KETTLE], upgrade: [TRIPOD], better: { en: "Never boils over\nFolds" } }];
  await offer({ mode: "manual" }, { pairs });
  expect((await entryOf(KETTLE))?.upgrades).toEqual([
    { product: "104", pinned: true, words: { en: ["Never boils over", "Folds"] } },
  ]);
  expect(await published(FINE)).toEqual([]);
});

const paired = (from: number, to: number, better: Record<string, string> = {}) => {
  const [variant, betterVariant] = step(from, to).split(">");
  return { variant: [variant], betterVariant: [betterVariant], better };
};

test("a pair of variants comes first, whatever the cap, with staff's words, until staff hide it or exclude the product", async () => {
  const variantPairs = [paired(1, 4, { en: "Twice the tea\nA finer box" }), paired(3, 4)];
  await offer({ mode: "manual" }, { variantPairs });
  const pinned = { product: "105", pinned: true };
  const first = { ...pinned, variants: [["10501", "10504"]], words: { en: ["Twice the tea", "A finer box"] } };
  expect((await entryOf(TEA))?.upgrades).toEqual([first, { ...pinned, variants: [["10503", "10504"]] }]);
  expect(await published(KETTLE)).toEqual([]);
  await hideUpgrade(app.shop, TEA, [step(3, 4)], app.context);
  await app.drain();
  expect((await entryOf(TEA))?.upgrades).toEqual([first]);
  await excludeProduct(app.shop, TEA, { asTrigger: false, asCompanion: true }, app.context);
  await app.drain();
  expect(await published(TEA)).toEqual([]);
});

test("a pair of variants is previewed on the page of the variant that it takes the place of", async () => {
  const of = gid("ProductVariant", "10503");
  const { products, betterVariants } = await readUpgradePreview(
    app.shop,
    { pairs: [{ product: KETTLE, upgrade: FINE }], paired: [gid("ProductVariant", "999"), of], variants: false },
    app.context,
  );
  expect(products.map(({ id, variants }) => [id, variants[0]!.id])).toEqual([[105, 10_503]]);
  expect(betterVariants).toEqual([]);
});

test("two variants that differ alike and have the same words are one choice; those of two products are refused", async () => {
  await offer({ mode: "manual" }, { variantPairs: [paired(1, 2), paired(3, 4)] });
  expect((await entryOf(TEA))?.upgrades).toEqual([
    { product: "105", pinned: true, variants: [["10501", "10502"], ["10503", "10504"]] },
  ]); // prettier-ignore
  const [kettle] = smallProduct("101").variants;
  const other = { ...paired(1, 2), betterVariant: [gid("ProductVariant", kettle!.id)] };
  const config = { ...(content.config as object), variantPairs: [other] };
  expect(await createNewOffer(app.shop, "upgrade", { ...content, config }, app.context)).toEqual({
    code: "invalid",
    errors: { "config.variantPairs.0.betterVariant": "other-product" },
  });
});

test("what no longer fits what the product fits is not offered in its place, but for a pair of staff", async () => {
  await offer();
  const sides = { products: [TRIPOD], fitProducts: [KETTLE, GRAND] };
  const none = { collections: [], tags: [], fitCollections: [], fitTags: [] };
  await saveCompatibility(app.shop, { rules: [{ ...none, ...sides }] }, 0, app.context);
  await app.drain();
  expect([await published(KETTLE), await published(FINE)]).toEqual([[], ["103"]]);
  const view = await readUpgrades(app.shop, { search: "Plain", page: 1, filter: "all" }, app.context);
  expect(view.rows.flatMap(({ candidates }) => candidates.map(({ productId }) => productId))).not.toContain(FINE);
  await offer({ priority: 200 }, { pairs: [{ products: [KETTLE], upgrade: [FINE], better: {} }] });
  expect((await published(KETTLE))[0]).toBe("102");
});

test("what is hidden or excluded goes at once, and comes back", async () => {
  await offer();
  await hideUpgrade(app.shop, KETTLE, [FINE], app.context);
  await app.drain();
  expect(await published(KETTLE)).toEqual([]);
  await showUpgrade(app.shop, KETTLE, [FINE], app.context);
  await app.drain();
  expect(await published(KETTLE)).toEqual(["102"]);
  await excludeProduct(app.shop, FINE, { asTrigger: false, asCompanion: true }, app.context);
  await app.drain();
  expect(await published(KETTLE)).toEqual([]);
  await excludeProduct(app.shop, FINE, { asTrigger: false, asCompanion: false }, app.context);
  await excludeProduct(app.shop, KETTLE, { asTrigger: true, asCompanion: false }, app.context);
  await app.drain();
  expect(await published(KETTLE)).toEqual([]);
});

test("another search is published as soon as it has ended", async () => {
  await offer({}, { upgradeCap: 30_000 });
  expect(await published(KETTLE)).toEqual(["102"]);
  const { pool } = app.context.database;
  await pool.query("UPDATE settings SET chosen = chosen || '{\"upgradeCapPercent\": 300}'");
  await pool.query(
    `INSERT INTO settings (shop, chosen) VALUES ($1, '{"upgradeCapPercent": 300}')
     ON CONFLICT (shop) DO UPDATE SET chosen = settings.chosen || EXCLUDED.chosen`,
    [app.shop],
  );
  await findUpgrades(app.shop, app.context);
  await app.drain();
  expect((await published(KETTLE)).sort()).toEqual(["102", GRAND.slice(-3)]);
});

/** The pairs of variants that Shopify holds for the tea, by bare id. */
const teaPairs = async () =>
  (await entryOf(TEA))?.upgrades.flatMap(({ variants = [] }) => variants.map((one) => one.join())) ?? [];

test("a larger variant of the product is published by its variants, one that only costs more once it is approved", async () => {
  const number = await offer();
  expect(await entryOf(TEA)).toEqual({
    ...{ type: "upgrade", id: `up-${number}-105`, show: 1, cap: 15_000 },
    upgrades: [
      { product: "105", variants: [["10501", "10502"], ["10503", "10504"]] },
    ],
  }); // prettier-ignore
  expect(await approveUpgrade(app.shop, TEA, [step(1, 3)], app.context)).toEqual({ code: "ok" });
  await app.drain();
  expect(await teaPairs()).toEqual(["10501,10502", "10503,10504", "10501,10503"]);
  const { rows } = await app.context.database.pool.query("SELECT * FROM approved_upgrades");
  expect(rows).toMatchObject([{ kind: "variant", candidate_id: "10503", of_variant_id: "10501" }]);
  await hideUpgrade(app.shop, TEA, [step(1, 2), step(3, 4)], app.context);
  await app.drain();
  expect(await teaPairs()).toEqual(["10501,10503"]);
});

test("variants wait for approval in review, together, and are left out by an offer without them", async () => {
  await offer({ mode: "review" });
  const waiting = async () =>
    (await readUpgrades(app.shop, { search: "", page: 1, filter: "waiting" }, app.context)).rows.map(
      ({ productId }) => productId,
    );
  expect(await teaPairs()).toEqual([]);
  expect(await waiting()).toContain(TEA);
  const view = await readUpgrades(app.shop, { search: "Sencha", page: 1, filter: "variants" }, app.context);
  const [size, box] = view.rows[0]!.variants;
  expect(size).toMatchObject({ option: "Size", from: "50 g", to: "100 g", needsApproval: false, approved: false });
  expect(box).toMatchObject({ option: "Box", from: "Cedar", to: "Cherry", needsApproval: true });
  expect(size!.candidates).toEqual([step(1, 2), step(3, 4)]);
  const approvals = async () =>
    (await app.context.database.pool.query("SELECT 1 FROM activity WHERE kind = 'upgrade-approved'")).rowCount!;
  const before = await approvals();
  await approveUpgrade(app.shop, TEA, [step(1, 2), step(3, 4)], app.context);
  await app.drain();
  expect(await teaPairs()).toEqual(["10501,10502", "10503,10504"]);
  expect(await waiting()).not.toContain(TEA);
  expect(await approvals()).toBe(before + 1);
  await takeBackUpgrade(app.shop, TEA, [step(1, 2), step(3, 4)], app.context);
  await app.drain();
  expect(await teaPairs()).toEqual([]);
  expect(await approveUpgrade(app.shop, TEA, [step(1, 9)], app.context)).toEqual({
    code: "unknown-product",
  });
  await offer({ priority: 200 }, { ownVariants: false });
  expect(await entryOf(TEA)).toBeNull();
});

test("a product that is never recommended recommends no variant of its own", async () => {
  await offer();
  expect(await teaPairs()).toHaveLength(2);
  await excludeProduct(app.shop, TEA, { asTrigger: false, asCompanion: true }, app.context);
  await app.drain();
  expect(await teaPairs()).toEqual([]);
});
