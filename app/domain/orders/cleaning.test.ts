import { expect, test } from "vitest";
import { LeftOutCounter, leftOutReason, type CleaningLine, type CleaningOrder } from "./cleaning.ts";

const buildLine = (line: Partial<CleaningLine> = {}): CleaningLine => ({
  productId: "gid://shopify/Product/1",
  title: "Green tea",
  quantity: 1,
  currentQuantity: 1,
  isGiftCard: false,
  unitPriceMinor: 1200,
  discountMinor: 0,
  ...line,
});
const reasonOf = (line: Partial<CleaningLine>, order: Partial<CleaningOrder> = {}) =>
  leftOutReason({ cancelledAt: null, test: false, ...order }, buildLine(line));

test("keeps a sale of goods", () => {
  expect(reasonOf({})).toBeNull();
});

test("keeps a line whose source has no prices", () => {
  expect(reasonOf({ unitPriceMinor: null })).toBeNull();
});

test("leaves out test orders and cancelled orders", () => {
  expect(reasonOf({}, { test: true })).toBe("test-order");
  expect(reasonOf({}, { cancelledAt: 0 })).toBe("cancelled-order");
});

test("leaves out returns and what was refunded in full, and keeps what was refunded in part", () => {
  expect(reasonOf({ quantity: -1, currentQuantity: -1 })).toBe("return");
  expect(reasonOf({ quantity: 0, currentQuantity: 0 })).toBe("return");
  expect(reasonOf({ quantity: 2, currentQuantity: 0 })).toBe("fully-refunded");
  expect(reasonOf({ quantity: 2, currentQuantity: 1 })).toBeNull();
});

test("leaves out free lines, whether the price is zero or the discount takes all of it", () => {
  expect(reasonOf({ unitPriceMinor: 0 })).toBe("free-line");
  expect(reasonOf({ quantity: 2, unitPriceMinor: 500, discountMinor: 1000 })).toBe("free-line");
  expect(reasonOf({ unitPriceMinor: -500 })).toBe("negative-price");
});

test("leaves out a line without a product, and says what it is where its words do", () => {
  expect(reasonOf({ productId: null, title: "Something special" })).toBe("no-product");
  expect(reasonOf({ productId: null, title: "Tip" })).toBe("service");
});

test.each([
  "POSTAGE",
  "DOTCOM POSTAGE",
  "CARRIAGE",
  "Manual",
  "Bank Charges",
  "AMAZON FEE",
  "SAMPLES",
  "Discount",
  "Adjust bad debt",
  "Tip",
  "Shipping & handling",
  "Express delivery",
  "Extended warranty",
  "Gift wrapping service",
  "CRUK Commission",
  "Porto",
  "送料",
  "代引手数料",
  "ラッピング代",
  "サンプル",
])("takes %s for a service", (title) => {
  expect(reasonOf({ title })).toBe("service");
});

test.each([
  "Gift Card",
  "E-Gift Card",
  "Gift voucher £20.00",
  "Acme Gift Card - $50",
  "ギフトカード",
  "ギフト券 5,000円",
])("takes %s for a gift card", (title) => {
  expect(reasonOf({ title })).toBe("gift-card");
});

test.each([
  "Postage stamp notebook",
  "Baby carriage blanket",
  "Gift card holder",
  "Gift wrap roll",
  "Tip-top varnish",
  "Sampler tea set",
  "Manual coffee grinder",
  "Delivery bicycle toy",
  "Feefo",
  "Test tube vase",
  "Service plate, porcelain",
  "保証書ファイル",
  "チップスター",
  "送料無料 緑茶",
])("takes %s for goods", (title) => {
  expect(reasonOf({ title })).toBeNull();
});

test("lets the title decide over the code, which may be any word", () => {
  expect(reasonOf({ title: "Blue mug", sku: "POST" })).toBeNull();
  expect(reasonOf({ title: "", sku: "POST" })).toBe("service");
  expect(reasonOf({ title: "", sku: "soda" })).toBeNull();
});

test("needs fewer words for what is never shipped, and still keeps digital goods", () => {
  expect(reasonOf({ title: "Route Package Protection 1.2", requiresShipping: false })).toBe("service");
  expect(reasonOf({ title: "Knitting pattern (PDF)", requiresShipping: false })).toBeNull();
});

test.each([
  "Oak Desk - Free UK Delivery",
  "Sofa bed | free delivery",
  "Mattress, Next Day Delivery",
  "Walnut Chair - Free Shipping",
  "Thank You Gift Cards",
  "Blank Gift Cards",
  "Perfume 50ml Tester",
  "Deposit",
  "Sample",
  "プレミアムギフトカード",
  "商品券入れ",
  "Porto",
  "Porto - Leather Sofa",
  "Portrait Commission",
  "Gift Wrap - Botanical",
  "チップ",
])("takes %s, which is sent, for goods", (title) => {
  expect(reasonOf({ title, requiresShipping: true })).toBeNull();
});

test.each([
  "Photography Tips eBook",
  "Wedding Service Sheet Template",
  "Home Delivery Nursing Guide",
  "Fee Schedule Template",
  "調味料",
  "清涼飲料",
  "営業資料",
  "近現代",
  "サービス残業の本",
  "手作りキット 材料",
  "Camera Insurance Comparison Guide (PDF)",
])("takes %s, which is not sent, for goods", (title) => {
  expect(reasonOf({ title, requiresShipping: false })).toBeNull();
});

test.each([
  "Tip",
  "Extended warranty - 3 years",
  "Delivery to Manchester",
  "Installation for desk",
  "Deposit - Oak Desk",
  "代引き手数料（ヤマト）",
  "延長保証3年",
  "Versandkosten",
  "Frais de port",
  "Gastos de envío",
  "Porto",
  "Gift wrap - small box",
  "チップ",
])("takes %s, which is not sent, for a service", (title) => {
  expect(reasonOf({ title, requiresShipping: false })).toBe("service");
});

test("takes postage for a service, and a gift card for one, whoever ticked that they are sent", () => {
  expect(reasonOf({ title: "Postage", requiresShipping: true })).toBe("service");
  expect(reasonOf({ title: "送料", requiresShipping: true })).toBe("service");
  expect(reasonOf({ title: "Gift Card", requiresShipping: true })).toBe("gift-card");
});

test("counts lines and distinct orders for each reason", () => {
  const counter = new LeftOutCounter();
  counter.add("1", null);
  counter.add("1", "service");
  counter.add("1", "service");
  counter.add("2", "service");
  counter.add("2", "free-line");
  expect(counter.tally()).toEqual({
    linesKept: 1,
    linesLeftOut: 4,
    byReason: [
      { reason: "service", lines: 3, orders: 2 },
      { reason: "free-line", lines: 1, orders: 1 },
    ],
  });
});
