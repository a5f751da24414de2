import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { companionsFor, parseProductOffer } from "../../../app/domain/offers/types/bought-together/published.ts";
import type { Shopper } from "../../../app/domain/shoppers/shopper.ts";
import { setMetafield } from "../../dev-store/storefront/sample-shop.ts";
import { openShop, page, publishSegment, TEA, textOf } from "../../fixtures/open-theme-shop.ts";
import { smallOrder } from "../../fixtures/small-shop.ts";

const set = (document: Document) => document.querySelector("tsuide-set");
const names = (document: Document) => [...document.querySelectorAll("tsuide-set [data-title]")].map(textOf);

describe("the list that a shopper sees", () => {
  const EUROPE = [
    { id: "1", handle: "us", name: "US", countries: ["US"], currency: "USD", rate: 1, locales: ["en"] },
    { id: "2", handle: "eu", name: "EU", countries: ["DE"], currency: "EUR", rate: 0.9, locales: ["en"] },
  ];
  const CUSTOMER = "gid://shopify/Customer/901";
  const open = () => {
    const opened = openShop({ markets: EUROPE });
    opened.shop.orders.set("1", { ...smallOrder("1", ["8001"], Date.UTC(2026, 9, 1)), customerId: "901" });
    return opened;
  };
  type Opened = ReturnType<typeof open>;
  const logIn = ({ shopper }: Opened, id: string) => shopper.submit("/account/login", { customer_id: id });
  const seen = async ({ shopper }: Opened) => names(await page(shopper, "/products/green-tea")).slice(1);

  test("is the one of the currency they pay in, at its price there", async () => {
    const opened = open();
    publishSegment(opened.shop, "market", "EUR", [8009, 8002]);
    expect(await seen(opened)).toEqual(["Tea Cup"]);
    await opened.shopper.submit("/localization", { country_code: "DE" });
    expect(await seen(opened)).toEqual(["Tea Scoop", "Tea Cup"]);
    const document = await page(opened.shopper, "/products/green-tea");
    // $6.45 is €5.81, less 10 %.
    expect(textOf(document.querySelector("tsuide-set li:nth-child(2) b"))).toContain("5.23");
  });

  test("is that of new or of returning customers once they are logged in, and nobody's before", async () => {
    const opened = open();
    publishSegment(opened.shop, "customer", "returning", [8009]);
    expect(await seen(opened)).toEqual(["Tea Cup"]);
    await logIn(opened, "901");
    expect(await seen(opened)).toEqual(["Tea Scoop"]);
    await logIn(opened, "902");
    expect(await seen(opened)).toEqual(["Tea Cup"]);
    publishSegment(opened.shop, "customer", "new", [8009]);
    expect(await seen(opened)).toEqual(["Tea Scoop"]);
    await opened.shopper.ask("/account/logout");
    expect(await seen(opened)).toEqual(["Tea Cup"]);
  });

  test("is that of a customer's rank where one was published for the customer", async () => {
    const opened = open();
    publishSegment(opened.shop, "rank", "A", [8009]);
    await logIn(opened, "901");
    expect(await seen(opened)).toEqual(["Tea Cup"]);
    setMetafield(opened.shop, CUSTOMER, "$app", "history", "json", { version: 1, rank: "A", returning: true });
    expect(await seen(opened)).toEqual(["Tea Scoop"]);
    setMetafield(opened.shop, CUSTOMER, "$app", "history", "json", { version: 2, rank: "A" });
    expect(await seen(opened)).toEqual(["Tea Cup"]);
  });

  test("is the first that they are in", async () => {
    const opened = open();
    const segment = (by: string, is: string, product: string) => ({ by, is, companions: [{ product, weight: 0.4 }] });
    const segments = [
      segment("channel", "pos", "8007"),
      segment("channel", "online", "8009"),
      segment("market", "USD", "8007"),
    ];
    publishSegment(opened.shop, "", "", [8007, 8009], { segments });
    expect(await seen(opened)).toEqual(["Tea Scoop"]);
  });

  test.each([
    ["of a kind that is not known", [{ by: "weather", is: "rain", companions: [{ product: "8009" }] }]],
    [
      "without a list",
      [
        { by: "channel", is: "online" },
        { by: "channel", is: "online", companions: [] },
      ],
    ],
    ["that is no segment", ["online", null, 7]],
    ["that are no list", "online"],
  ])("is the default one where the offer has a segment %s", async (_, segments) => {
    const opened = open();
    publishSegment(opened.shop, "", "", [8009], { segments });
    expect(await seen(opened)).toEqual(["Tea Cup"]);
    expect(textOf((await page(opened.shopper, "/products/green-tea")).body)).not.toContain("Liquid error");
  });

  test("is the one that checkout and discounts use", async () => {
    const segment = fc.record({
      by: fc.constantFrom("customer", "market", "channel", "rank"),
      is: fc.constantFrom("new", "returning", "EUR", "USD", "online", "pos", "A", "B"),
      companions: fc.uniqueArray(fc.constantFrom(8002, 8007, 8009, 8004), { minLength: 1 }),
    });
    const shopper = fc.record({
      currency: fc.constantFrom("USD", "EUR"),
      customer: fc.constantFrom(null, "new", "returning"),
      rank: fc.constantFrom(null, "A", "B"),
    });
    const one = async (
      segments: readonly { by: string; is: string; companions: number[] }[],
      who: Omit<Shopper, "channel">,
    ) => {
      const opened = open();
      const lists = segments.map(({ companions, ...rest }) => ({
        ...rest,
        companions: companions.map((product) => ({ product: String(product), weight: 0.4 })),
      }));
      publishSegment(opened.shop, "", "", [8002, 8004, 8007, 8009], { segments: lists });
      if (who.currency === "EUR") await opened.shopper.submit("/localization", { country_code: "DE" });
      const id = who.customer === "new" ? "902" : "901";
      if (who.customer !== null) await logIn(opened, id);
      setMetafield(opened.shop, `gid://shopify/Customer/${id}`, "$app", "history", "json", {
        version: 1,
        rank: who.rank,
      });
      const offer = [...opened.shop.metafields.values()].find(
        ({ ownerId, key }) => ownerId === TEA && key === "offer",
      )!;
      const known: Shopper = { ...who, rank: who.customer === null ? null : who.rank, channel: "online" };
      const titles = companionsFor(parseProductOffer(offer.value)!, known).map(
        ({ product }) => opened.shop.products.get(product)!.title,
      );
      expect(await seen(opened)).toEqual(titles.slice(0, 3));
    };
    await fc.assert(fc.asyncProperty(fc.array(segment, { maxLength: 5 }), shopper, one), { numRuns: 25 });
  });

  test("leaves out what Liquid cannot resolve, and the set with it where nothing is left", async () => {
    const opened = open();
    publishSegment(opened.shop, "channel", "online", [9999, 8003, 8009]);
    expect(await seen(opened)).toEqual(["Tea Scoop"]);
    publishSegment(opened.shop, "channel", "online", [9999]);
    expect(set(await page(opened.shopper, "/products/green-tea"))).toBeNull();
  });
});
