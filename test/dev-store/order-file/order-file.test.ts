import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fillFromOrderFile, OrderFileError } from "./order-file.ts";
import { shopTitle } from "./order-file-products.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "orders-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const HEADER = "order_id,customer_id,timestamp,item_id,quantity,price,title,category";
const SHOP = { domain: "file.myshopify.com", name: "File" };

function fill(lines: string[], name = "orders.csv") {
  const path = join(folder, name);
  const text = [HEADER, ...lines, ""].join("\n");
  writeFileSync(path, name.endsWith(".gz") ? gzipSync(text) : text);
  return fillFromOrderFile(path, SHOP);
}

describe("a shop filled from an order file", () => {
  test.each(["orders.csv", "orders.csv.gz"])("keeps orders, dates, customers and prices (%s)", async (name) => {
    const { shop } = await fill(
      [
        "1,17850,2010-12-01 08:26:00,85123A,6,2.55,WHITE HANGING HEART T-LIGHT HOLDER,",
        "1,17850,2010-12-01 08:26:00,71053,1,3.39,WHITE METAL LANTERN,",
      ],
      name,
    );
    const [order] = shop.orders.values();
    expect(order).toMatchObject({
      name: "#1",
      createdAt: Date.parse("2010-12-01T08:26:00Z"),
      customerId: "17850",
      currency: "GBP",
    });
    expect(order?.lines.map(({ quantity, unitPriceMinor, sku }) => [sku, quantity, unitPriceMinor])).toEqual([
      ["85123A", 6, 255],
      ["71053", 1, 339],
    ]);
    const product = shop.products.get(order?.lines[0]?.productId ?? "");
    expect(product).toMatchObject({ title: "White Hanging Heart T-Light Holder", status: "ACTIVE" });
    expect(product?.imageSvg).toContain("<svg");
    expect(shop.collections.map(({ id }) => id)).toEqual(expect.arrayContaining(product?.collectionIds ?? []));
  });

  test("prices a product as it mostly was, the later price where two tie", async () => {
    const { shop } = await fill([
      "1,,2020-01-01 08:00:00,10001,1,2.00,TIN,",
      "2,,2020-01-02 08:00:00,10001,1,3.00,TIN,",
      "3,,2020-01-03 08:00:00,10001,1,3.00,TIN,",
      "4,,2020-01-04 08:00:00,10002,1,5.00,BOX,",
      "5,,2020-01-05 08:00:00,10002,1,6.00,BOX,",
    ]);
    expect([...shop.products.values()].map(({ variants }) => variants[0]?.priceMinor)).toEqual([300, 600]);
  });

  test("turns a cancellation into a refund of the order that it takes back", async () => {
    const { shop, cancellations } = await fill([
      "1,7,2020-01-01 08:00:00,10001,5,2.00,TIN,",
      "1,7,2020-01-01 08:00:00,10002,1,4.00,BOX,",
      "C2,7,2020-01-09 08:00:00,10001,-2,2.00,TIN,",
    ]);
    expect(cancellations).toEqual({ refunded: 1, unmatched: 0 });
    expect(shop.orders.size).toBe(1);
    const [order] = shop.orders.values();
    expect(order).toMatchObject({
      financialStatus: "PARTIALLY_REFUNDED",
      updatedAt: Date.parse("2020-01-09T08:00:00Z"),
    });
    expect(order?.lines[0]).toMatchObject({ quantity: 5, currentQuantity: 3 });
    expect(order?.refunds[0]?.lines).toEqual([{ lineId: order?.lines[0]?.id, quantity: 2, subtotalMinor: 400 }]);
  });

  test("keeps a cancellation of nothing known as a cancelled order", async () => {
    const { shop, cancellations } = await fill([
      "C9,8,2020-01-09 08:00:00,10001,-2,2.00,TIN,",
      "10,,2020-01-10 08:00:00,10001,-30,0,damaged,",
    ]);
    expect(cancellations.unmatched).toBe(2);
    for (const order of shop.orders.values()) {
      expect(order.cancelledAt).not.toBeNull();
      expect(order.lines[0]).toMatchObject({ currentQuantity: 0 });
      expect(order.lines[0]?.quantity).toBeGreaterThan(0);
    }
  });

  test("keeps postage and manual codes as lines without a product, not to be sent", async () => {
    const { shop } = await fill([
      "1,7,2020-01-02 08:00:00,POST,1,18.00,POSTAGE,",
      "1,7,2020-01-02 08:00:00,gift_0001_20,1,20.00,Gift Voucher £20,",
    ]);
    const lines = [...shop.orders.values()].at(-1)?.lines ?? [];
    expect(lines[0]).toMatchObject({
      productId: null,
      variantId: null,
      title: "POSTAGE",
      requiresShipping: false,
      unitPriceMinor: 1800,
    });
    expect(lines[1]).toMatchObject({ isGiftCard: true });
  });

  test("takes words for products where no code is a number", async () => {
    const { shop } = await fill(["1,,2020-01-01,whole milk,1,1.10,,", "1,,2020-01-01,butter,1,2.10,,"]);
    expect([...shop.products.values()].map(({ title }) => title)).toEqual(["whole milk", "butter"]);
  });

  test("holds what was never sold at a price as a draft", async () => {
    const { shop } = await fill(["1,,2020-01-01 08:00:00,10001,1,0,LID,", "1,,2020-01-01 08:00:00,10002,1,2.00,TIN,"]);
    expect([...shop.products.values()].map(({ status }) => status)).toEqual(["DRAFT", "ACTIVE"]);
  });

  test("leaves out what no shop could hold, and says how much", async () => {
    const { shop, skipped } = await fill([
      "A1,,2020-01-01 08:00:00,B,1,-11062.06,Adjust bad debt,",
      "1,,2020-01-01 08:00:00,10001,1,2.00,TIN,",
      "broken",
    ]);
    expect(skipped).toEqual({ negativePrice: 1, malformed: 1 });
    expect(shop.orders.size).toBe(1);
  });
});

const isoDay = (at: number | undefined) => new Date(at ?? NaN).toISOString().slice(0, 10);

function fillText(text: string, options: { now?: number; currency?: string } = {}) {
  const path = join(folder, "orders.csv");
  writeFileSync(path, text);
  const { now, ...shop } = options;
  return fillFromOrderFile(path, { ...SHOP, ...shop }, now === undefined ? {} : { now });
}

describe("what a file does not say", () => {
  test("sells products without prices at a made-up one, and says so", async () => {
    const { shop, report } = await fillText("order_id,item_id,timestamp\n1,TEA,2026-02-01\n1,CUP,2026-02-01\n");
    expect([...shop.products.values()].map(({ status, variants }) => [status, variants[0]!.priceMinor])).toEqual([
      ["ACTIVE", 1000],
      ["ACTIVE", 1000],
    ]);
    expect([...shop.orders.values()][0]!.lines.map(({ unitPriceMinor }) => unitPriceMinor)).toEqual([1000, 1000]);
    expect(report.join("\n")).toContain("the file has no prices");
  });

  test("takes a price that is missing on some lines for the product's own", async () => {
    const { shop } = await fillText("order_id,item_id,price\n1,TEA,4.50\n2,TEA,\n3,TEA,?\n");
    const prices = [...shop.orders.values()].flatMap(({ lines }) => lines.map((line) => line.unitPriceMinor));
    expect(prices).toEqual([450, 450, 450]);
  });

  test("never dates an order in 1970: the earliest known time stands for an unknown one", async () => {
    const { shop } = await fillText("order_id,item_id,timestamp\n1,A,2026-02-01\n2,A,soon\n3,A,2026-02-03\n");
    expect([...shop.orders.values()].map(({ createdAt }) => isoDay(createdAt)).sort()).toEqual([
      "2026-02-01",
      "2026-02-01",
      "2026-02-03",
    ]);
  });

  test("spreads orders without any time over the days before today, in the file's order", async () => {
    const now = Date.UTC(2026, 5, 30, 12);
    const { shop } = await fillText("order_id,item_id\n1,A\n2,A\n3,A\n", { now });
    expect([...shop.orders.values()].map(({ name, createdAt }) => [name, isoDay(createdAt)])).toEqual([
      ["#1", "2026-06-28"],
      ["#2", "2026-06-29"],
      ["#3", "2026-06-30"],
    ]);
  });
});

test("an old file's last day counts as today, and a recent one stays as it is", async () => {
  const file = (day: string) => `order_id,item_id,timestamp\n1,A,2011-12-01 08:00:00\n2,A,${day} 10:00:00\n`;
  const old = await fillText(file("2011-12-09"), { now: Date.UTC(2026, 10, 28, 9) });
  expect([...old.shop.orders.values()].map(({ createdAt }) => isoDay(createdAt))).toEqual(["2026-11-20", "2026-11-28"]);
  expect([...old.shop.orders.values()][1]!.createdAt).toBeLessThanOrEqual(Date.UTC(2026, 10, 28, 9));
  expect(old.report.join("\n")).toContain("2011-12-09, the file's last day, counts as today");
  const recent = await fillText(file("2011-12-09"), { now: Date.UTC(2011, 11, 12) });
  expect([...recent.shop.orders.values()].map(({ createdAt }) => isoDay(createdAt))).toEqual([
    "2011-12-01",
    "2011-12-09",
  ]);
});

test("the shop has the file's own currency, unless another one is asked for", async () => {
  const file = "order_id,item_id,price,currency\n1,A,12.5,KWD\n2,A,13,KWD\n3,A,40,USD\n";
  const own = await fillText(file);
  expect(own.shop.currency).toBe("KWD");
  expect([...own.shop.orders.values()].map(({ lines }) => lines[0]!.unitPriceMinor)).toEqual([12_500, 13_000, 13_000]);
  expect(own.report.join("\n")).toContain("1 orders are in another currency than KWD");
  expect((await fillText(file, { currency: "USD" })).shop.currency).toBe("USD");
  expect((await fillText("order_id,item_id,price\n1,A,¥900\n")).shop.currency).toBe("JPY");
});

test("says what was understood and left out as the command line does", async () => {
  const { report } = await fillText(
    "order_id;item_id;quantity;price\n1;Kanne;1;12,50\n1;Tasse;eins;3,00\n2;Porto;1;5,00\n",
  );
  expect(report.slice(0, 2)).toEqual([
    expect.stringContaining("semicolons, UTF-8, decimal commas, 4 lines"),
    '  Plain order file: order "order_id", product id "item_id", quantity "quantity", price "price"',
  ]);
  expect(report.join("\n")).toMatch(/the quantity is not a number; left out: line 3/);
  expect(report.join("\n")).toMatch(/2 order lines kept, 0 left out/);
});

test("several files are one shop", async () => {
  const [first, second] = [join(folder, "a.csv"), join(folder, "b.csv")];
  writeFileSync(first, "order_id,item_id\n1,A\n");
  writeFileSync(second, "order_id,item_id\n2,B\n");
  expect((await fillFromOrderFile([first, second], SHOP)).shop.orders.size).toBe(2);
});

test("a file that is none is refused in one sentence", async () => {
  const path = join(folder, "notes.txt");
  writeFileSync(path, "dear diary\n");
  await expect(fillFromOrderFile(path, SHOP)).rejects.toThrow('its first line is "dear diary"');
  await expect(fillFromOrderFile(join(folder, "gone.csv"), SHOP)).rejects.toBeInstanceOf(OrderFileError);
  writeFileSync(path, "");
  await expect(fillFromOrderFile(path, SHOP)).rejects.toThrow("is empty");
  const broken = join(folder, "broken.csv.gz");
  writeFileSync(broken, gzipSync(`${HEADER}\n${"1,,2020-01-01,10001,1,2.00,TIN,\n".repeat(500)}`).subarray(0, 60));
  await expect(fillFromOrderFile(broken, SHOP)).rejects.toThrow("ends too early");
});

test("titles in capitals are written as a shop window would", () => {
  expect(shopTitle("SET OF 3 CAKE TINS PANTRY DESIGN ")).toBe("Set of 3 Cake Tins Pantry Design");
  expect(shopTitle("POPPY'S PLAYHOUSE BEDROOM")).toBe("Poppy's Playhouse Bedroom");
  expect(shopTitle("RED WOOLLY HOTTIE WHITE HEART.")).toBe("Red Woolly Hottie White Heart");
  expect(shopTitle("Dotcom Gift")).toBe("Dotcom Gift");
});
