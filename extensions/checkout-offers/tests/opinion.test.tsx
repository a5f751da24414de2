/// <reference types="@shopify/ui-extensions/purchase.thank-you.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { createStorage } from "@shopify/ui-extensions-tester/checkout";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { settle } from "./open-checkout.ts";
import { line } from "./published.ts";

const extension = getExtension("purchase.thank-you.block.render");
const CLAIM = "bt-1-1/product";
let publish: ReturnType<typeof vi.fn>;
let clock: number;

const claimed = (product: number, claim: string) => ({
  ...line(product, 60),
  attributes: [{ key: "_tsuide", value: claim }],
});
const allowAnalytics = (analytics: boolean) => {
  const { value } = extension.shopify.customerPrivacy;
  extension.shopify.customerPrivacy.value = {
    ...value,
    allowedProcessing: { ...value.allowedProcessing, analytics },
  };
};

beforeEach(() => {
  extension.setUp();
  clock = 1000;
  vi.spyOn(performance, "now").mockImplementation(() => clock);
  publish = vi.fn().mockResolvedValue(true);
  const { shopify } = extension;
  shopify.analytics = { ...shopify.analytics, publish: publish as never };
  shopify.i18n.translate = ((key: string, options: object = {}) =>
    [key, ...Object.values(options)].join(" ")) as typeof shopify.i18n.translate;
  shopify.settings.value = { hide_question: false };
  shopify.orderConfirmation.value = {
    ...shopify.orderConfirmation.value,
    order: { id: "gid://shopify/OrderIdentity/77" },
  };
  shopify.lines.value = [line(1, 60), claimed(2, CLAIM), claimed(3, "bt-1-3/cart")];
  shopify.appMetafields.value = [];
  shopify.storage = createStorage();
  allowAnalytics(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  extension.tearDown();
});

async function render() {
  await extension.render();
  await settle();
}
const buttons = () => [...document.body.querySelectorAll<HTMLElement>("s-button")];
const text = () => document.body.textContent ?? "";
/** Presses a button a while after the question was shown. */
async function press(label: string) {
  clock += 1000;
  buttons()
    .find((button) => button.textContent === label)!
    .click();
  await settle();
}
const answers = () =>
  publish.mock.calls.filter(([name]) => name === "tsuide:answered").map(([, data]) => data as object);

test("a yes leads to the recommendation, and thanks; each answer names order, offer, question and choice", async () => {
  await render();
  expect(text()).toContain("opinion.helpful Bought 2");
  await press("opinion.helpful-yes");
  expect(buttons().map((button) => button.textContent)).toEqual([..."0123456789".split(""), "10"]);
  expect(buttons()[3]!.getAttribute("accessibilityLabel")).toBe("opinion.points 3 10");
  await press("9");
  expect(text()).toBe("opinion.thanks");
  expect(answers()).toEqual([
    { order: "77", claim: CLAIM, question: "helpful", answer: "yes" },
    { order: "77", claim: CLAIM, question: "recommend", answer: "9" },
  ]);
});

test("a no leads to three reasons", async () => {
  await render();
  await press("opinion.helpful-no");
  expect(buttons()).toHaveLength(3);
  await press("opinion.reason-price");
  expect(text()).toContain("opinion.recommend");
  expect(answers()).toMatchObject([{ answer: "no" }, { question: "reason", answer: "price" }]);
});

test("a second press that comes at once is no answer to the next question", async () => {
  await render();
  await press("opinion.helpful-yes");
  clock += 100;
  buttons()[0]!.click();
  await settle();
  expect(text()).toContain("opinion.recommend");
  expect(answers()).toHaveLength(1);
});

test("the buttons stay the same elements, so that the focus stays", async () => {
  await render();
  const [first] = buttons();
  await press("opinion.helpful-yes");
  expect(buttons()[0]).toBe(first);
});

test("whoever skips or has answered is not asked again about the order", async () => {
  await render();
  document.body.querySelector<HTMLElement>("s-link")!.click();
  await settle();
  expect(text()).toBe("");
  expect(answers()).toEqual([]);
  document.body.replaceChildren();
  await render();
  expect(text()).toBe("");
});

test.each([
  ["no line came through an offer", () => (extension.shopify.lines.value = [line(1, 60)])],
  [
    "the property names no offer",
    () => (extension.shopify.lines.value = [claimed(2, "again-2/cart"), claimed(3, "x")]),
  ],
  ["the buyer does not allow analytics", () => allowAnalytics(false)],
  ["the merchant hides the question", () => (extension.shopify.settings.value = { hide_question: true })],
  ["the buyer said no at checkout", () => (extension.shopify.storage = createStorage({ declined: true }))],
])("asks nothing where %s", async (_, change) => {
  change();
  await render();
  expect(text()).toBe("");
});

test("a bus that fails changes nothing for the buyer", async () => {
  publish.mockImplementation(() => {
    throw new Error("no bus");
  });
  await render();
  await press("opinion.helpful-yes");
  expect(text()).toContain("opinion.recommend");
});
