import { afterAll, beforeAll, expect, test } from "vitest";
import { smallOrder, smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevOrder } from "../../../test/dev-store/shop/state.ts";
import { gid, shopDomain } from "../../domain/ids.ts";
import type { PlaybookEvidence } from "../../domain/playbooks/evidence.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readPlaybookEvidence } from "../../persistence/playbooks/playbook-evidence.ts";
import { installShop } from "../shop/install-shop.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";
import { gatherPlaybookEvidence } from "./gather-evidence.ts";

type Six = [string, string, string, string, string, string];
const NOW = Date.parse("2026-11-20T12:00:00Z");
const [TEA, CUP, LAMP, SOAP, OIL, ICE] = ["1", "2", "3", "4", "5", "6"] as Six;
const product = (id: string) => gid("Product", id);

/** Orders of four years: one a day with `ids`, `days` ago. */
class Orders {
  readonly placed = new Map<string, DevOrder>();

  add(ids: readonly string[], daysAgo: number, { quantity = 1, customer = `c${this.placed.size}` } = {}): void {
    const id = String(1000 + this.placed.size);
    const order = smallOrder(id, ids, NOW - daysAgo * DAY_MS);
    const lines = order.lines.map((line) => ({ ...line, quantity, currentQuantity: quantity }));
    this.placed.set(id, { ...order, customerId: customer.replace("c", "7"), lines });
  }
}

function orders(): Map<string, DevOrder> {
  const all = new Orders();
  // Tea and cup, all the time. The lamp was bought with tea, and hardly sells any more.
  for (let n = 0; n < 120; n++) all.add([TEA, CUP], n * 5 + 1);
  for (let n = 0; n < 40; n++) all.add([TEA, LAMP], 200 + n * 8);
  all.add([LAMP], 30);
  // Forty customers buy soap every thirty days; the older orders take one, those of the last year often three.
  for (let n = 0; n < 40; n++) {
    for (let time = 0; time < 5; time++)
      all.add([SOAP], 20 + n * 3 + time * 30, { customer: `c9${n}`, quantity: time < 2 ? 3 : 1 });
  }
  // Oil sells every day, and ice with it in the summers alone.
  for (let n = 0; n < 500; n++) all.add(n % 365 > 120 && n % 365 < 200 ? [OIL, ICE] : [OIL], n + 1);
  return all.placed;
}

let app: WiredApp;
let evidence: PlaybookEvidence;
const read = () => inShop(app.context.database, app.shop, readPlaybookEvidence);

beforeAll(async () => {
  const products = new Map([TEA, CUP, LAMP, SOAP, OIL, ICE].map((id) => [id, smallProduct(id)]));
  app = await wireApp([smallShop([], { products, orders: orders() })], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  evidence = (await read())!;
});
afterAll(() => app.close());

test("is gathered by itself once orders were analysed", () => {
  expect(evidence.orders).toBe(861);
});

test("names what is bought together, the pair in most orders first", () => {
  const [first, second] = evidence.pairs;
  expect([first!.product, second!.product].sort()).toEqual([product(TEA), product(CUP)]);
  const cup = evidence.pairs.find((one) => one.product === product(TEA))!.companions[0]!;
  expect(cup).toMatchObject({
    companion: product(CUP),
    together: 120,
    orders: 160,
    companionOrders: 120,
    strong: true,
  });
  expect(cup.recent).toBe(18);
});

test("counts the orders of the last year by the units that they took", () => {
  const soap = evidence.quantities.find((one) => one.product === product(SOAP))!;
  expect(soap.ordersByUnits).toEqual([
    [1, 120],
    [3, 80],
  ]);
  expect(evidence.quantities.map((one) => one.product)).toEqual([product(SOAP)]);
});

test("names what sells less than it did, with what sells well of what it was bought with", () => {
  expect(evidence.slow).toEqual([
    {
      ...{ product: product(LAMP), partner: product(TEA), together: 40, recent: 1, partnerRecent: 18 },
      expected: expect.closeTo(8.5, 0) as number,
    },
  ]);
});

test("names what customers buy again, and after how long", () => {
  expect(evidence.repeats.map((one) => one.product)).toEqual([product(SOAP)]);
  expect(evidence.repeats[0]!.customers).toBe(40);
  expect(evidence.repeats[0]!.medianDays).toBeCloseTo(30, 0);
});

test("knows what orders of the last year cost, from the smallest to the largest", () => {
  const { quantiles, orders: counted } = evidence.orderValues!;
  expect(counted).toBe(
    [...app.store.shops.get(app.shop)!.shop.orders.values()].filter((one) => one.processedAt > NOW - 366 * DAY_MS)
      .length,
  );
  expect(quantiles).toHaveLength(21);
  expect([quantiles[0], quantiles[20]]).toEqual([1_999, 5_997]);
  expect(quantiles.toSorted((a, b) => a - b)).toEqual(quantiles);
});

test("is replaced by what is gathered next, and the same orders give the same", async () => {
  expect(await gatherPlaybookEvidence(app.shop, app.context)).toMatchObject({ code: "gathered" });
  expect(await read()).toEqual(evidence);
});

test("that another release gathered in another shape counts as none", async () => {
  await app.context.database.pool.query(`UPDATE playbook_evidence SET evidence = '{"pairs": "many"}'`);
  expect(await read()).toBeNull();
  await gatherPlaybookEvidence(app.shop, app.context);
});

test("is not gathered for a shop that nobody knows, and goes with the shop", async () => {
  expect(await gatherPlaybookEvidence(shopDomain("nobody.myshopify.com"), app.context)).toEqual({
    code: "unknown-shop",
  });
  await uninstallShop(app.shop, app.context);
  await app.drain();
  const { rows } = await app.context.database.pool.query("SELECT 1 FROM playbook_evidence");
  expect(rows).toEqual([]);
  expect(await gatherPlaybookEvidence(app.shop, app.context)).toEqual({ code: "unknown-shop" });
});
