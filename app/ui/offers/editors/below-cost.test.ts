import { expect, test } from "vitest";
import type { FoundVariantView } from "../../../views/simulator-view.ts";
import { rowsText, type ShapeForm } from "../../forms/shape-form.ts";
import { lossOn } from "./below-cost.ts";
import { bundleLoss } from "./fixed-bundle.tsx";
import { setCostsAddress, setLoss } from "./set-cost-notes.tsx";

const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });
const set = (price: number, cost: number, ...titles: string[]) => ({ titles, price: usd(price), cost: usd(cost) });

test("a loss is what units cost together above what is paid, where every cost is known", () => {
  const mint = { units: 2, cost: usd(300) };
  expect(lossOn(usd(599), [mint])).toEqual({ paid: usd(599), cost: usd(600) });
  expect(lossOn(usd(600), [mint])).toBeNull();
  expect(lossOn(usd(100), [mint, { units: 1, cost: null }])).toBeNull();
});

test("a price or an amount off is compared with what whole sets cost, a percentage with what a product costs", () => {
  const costs = {
    product: set(1_000, 800, "Rose"),
    sets: [set(5_000, 3_000, "Rose", "Mint"), set(2_000, 1_700, "Tin", "Lid")],
  };
  expect(setLoss({ kind: "fixed-price", value: 2_900 }, costs)).toEqual({
    ...{ titles: ["Rose", "Mint"], paid: usd(2_900), cost: usd(3_000) },
  });
  expect(setLoss({ kind: "amount-off", value: 400 }, costs)).toEqual({
    ...{ titles: ["Tin", "Lid"], paid: usd(1_600), cost: usd(1_700) },
  });
  expect(setLoss({ kind: "percent", value: 2_500 }, costs)).toEqual({
    ...{ titles: ["Rose"], paid: usd(750), cost: usd(800) },
  });
  expect(setLoss({ kind: "fixed-price", value: 3_000 }, costs)).toBeNull();
  expect(setLoss({ kind: "amount-off", value: 300 }, costs)).toBeNull();
  expect(setLoss({ kind: "percent", value: 2_000 }, costs)).toBeNull();
  expect(setLoss({ kind: "percent", value: 9_000 }, { product: null, sets: [] })).toBeNull();
});

test("the sets are those of the products that the form names, else those of the offer, else all", () => {
  const named = (condition: ShapeForm) => ({
    "config.setSize": "2",
    conditions: rowsText([{ "": rowsText([condition]) }]),
  });
  const ofProducts = named({ condition: "products", products: "gid://shopify/Product/1 gid://shopify/Product/2" });
  expect(setCostsAddress(ofProducts, 7)).toBe("/app/set-costs?size=2&ids=1+2");
  expect(setCostsAddress(named({ condition: "tags", tags: rowsText([]) }), 7)).toBe("/app/set-costs?size=2&offer=7");
  expect(setCostsAddress(named({ condition: "tags", tags: rowsText([]) }), null)).toBeNull();
  expect(setCostsAddress({ "config.setSize": "3", conditions: rowsText([]) }, null)).toBe("/app/set-costs?size=3");
});

const variant = (id: string, price: number, cost: number | null): FoundVariantView => ({
  ...{ variant: id, title: id, variantTitle: null, imageUrl: null, available: true },
  ...{ price: usd(price), cost: cost === null ? null : usd(cost) },
});

test("the price of a bundle is compared with what all units of its components cost", () => {
  const row = (id: string, quantity: string) => ({ variant: `gid://shopify/ProductVariant/${id}`, quantity });
  const bundle = (reward: ShapeForm): ShapeForm => ({
    ...{ "config.components": rowsText([row("1", "2"), row("2", "1")]), "reward.isSet": true },
    ...reward,
  });
  const known = [variant("1", 1_000, 700), variant("2", 500, 300)];
  const percent = bundle({ "reward.kind": "percent", "reward.basisPoints": "35" });
  const priced = bundle({ "reward.kind": "fixed-price", "reward.amounts.USD": "16.99" });
  expect(bundleLoss(percent, "USD", known)).toEqual({ paid: usd(1_625), cost: usd(1_700) });
  expect(bundleLoss(priced, "USD", known)).toEqual({ paid: usd(1_699), cost: usd(1_700) });
  expect(bundleLoss({ ...priced, "reward.amounts.USD": "17" }, "USD", known)).toBeNull();
  expect(bundleLoss({ ...priced, "reward.isSet": false }, "USD", known)).toBeNull();
  expect(bundleLoss(priced, "USD", [known[0]!, variant("2", 500, null)])).toBeNull();
  expect(bundleLoss(priced, "USD", [known[0]!])).toBeNull();
});
