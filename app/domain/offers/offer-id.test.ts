import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bareNumber, gid } from "../ids.ts";
import {
  againOfferId,
  boughtAgain,
  carrierOfOffer,
  CLAIM_PROPERTY,
  claimOf,
  offerId,
  parseClaim,
  parseOfferId,
  STORED_OFFER_ID,
} from "./offer-id.ts";
import { OFFER_ANCHORS, OFFER_TYPE_NAMES } from "./offer-type-name.ts";
import { CLAIMED_SURFACES, SURFACES } from "./surface.ts";

const product = fc.integer({ min: 1 }).map(String);
const number = fc.integer({ min: 1, max: 2_147_483_647 });

test("every id that is made reads back as what it was made from", () => {
  fc.assert(
    fc.property(fc.constantFrom(...OFFER_TYPE_NAMES), number, product, (type, n, bare) => {
      const of = OFFER_ANCHORS[type] === "product" ? bare : null;
      expect(parseOfferId(offerId(type, n, of))).toEqual({
        ...{ kind: "offer", type, number: n },
        product: of === null ? null : gid("Product", of),
      });
    }),
  );
});

test("ids of earlier releases name a product and no offer number", () => {
  const named = { kind: "offer", type: "bought-together", number: null, product: gid("Product", "12") };
  expect(parseOfferId("bt-12")).toEqual(named);
  expect(offerId("bought-together", null, "12")).toBe("bt-12");
  expect(carrierOfOffer("bt-12")).toEqual({ code: "bt", number: null, product: gid("Product", "12") });
});

test("the product of an entry is found whether or not its offer has a number", () => {
  expect([carrierOfOffer("bt-3-12")?.product, boughtAgain("bt-3-12")]).toEqual([gid("Product", "12"), null]);
  expect([carrierOfOffer("again-12"), boughtAgain("again-12")]).toEqual([null, gid("Product", "12")]);
  expect(carrierOfOffer("qb-2-12")).toEqual({ code: "qb", number: 2, product: gid("Product", "12") });
  expect([carrierOfOffer("goal-2"), boughtAgain("again-x")]).toEqual([null, null]);
});

test.each([
  "",
  "bt",
  "bt-",
  "bt-x",
  "up-12",
  "goal-1-12",
  "goal-0",
  "qb-12",
  "again-1-2",
  "bt-0-12",
  "bt-1-2-3",
  "BT-1",
])("%j is no offer id", (text) => expect(parseOfferId(text)).toBeNull());

test("a claim names an offer and a surface, and nothing else is one", () => {
  for (const surface of CLAIMED_SURFACES) {
    expect(parseClaim(claimOf("bt-1-12", surface))).toEqual({ offerId: "bt-1-12", surface });
    expect(parseClaim(claimOf(againOfferId("12"), surface))).toEqual({ offerId: "again-12", surface });
  }
  for (const text of ["again-12/somewhere", "again-12", "/product", "bt-12/product/cart", "bt-12/ product"]) {
    expect(parseClaim(text)).toBeNull();
  }
});

test("whatever a buyer writes is read without an error", () => {
  fc.assert(fc.property(fc.string(), (text) => void parseClaim(text)));
});

test.each(["bought-together", "add-on"])("the %s block writes the line property as it is read here", (block) => {
  const liquid = readFileSync(`extensions/theme-offers/blocks/${block}.liquid`, "utf8");
  // The script holds no grammar of its own: Liquid joins the entry's id, as published, and its surface.
  const [, id, surface] =
    /(?:data-claim|_tsuide\]? value)=(\{\{ offer\.id \| escape \}\})\/([a-z-]+)/.exec(liquid) ?? [];
  expect(id).toBeDefined();
  expect(SURFACES).toContain(surface);
});

test("queries find the number and the product of every id as it is read here", () => {
  const ids = ["goal-2", "bt-1-12", "bt-12", "again-12", ...OFFER_TYPE_NAMES.map((type) => offerId(type, 7, "12"))];
  for (const id of ids) {
    const named = parseOfferId(id);
    if (named === null) continue;
    const number = named.kind === "offer" ? named.number : null;
    const product = named.product && bareNumber(named.product);
    const isSecond = new RegExp(STORED_OFFER_ID.productSecond).test(id);
    expect(id.split("-")[isSecond ? 1 : 2] ?? null).toBe(product);
    if (number !== null) expect(new RegExp(STORED_OFFER_ID.number).exec(id)?.[1]).toBe(String(number));
    expect(id.startsWith(STORED_OFFER_ID.againStart)).toBe(named.kind === "again");
  }
});

/** The theme's script and blocks have no room for more than the texts themselves. */
test("the theme knows the property and an upgrade's ids by the same texts", () => {
  const read = (file: string) => readFileSync(file, "utf8");
  const upgrade = offerId("upgrade", 1, "2").replace("1-2", "");
  expect(read("extension-kit/theme/widgets/upgrade.ts")).toContain(`startsWith("${upgrade}")`);
  expect(read("extensions/theme-offers/blocks/cart-upgrade.liquid")).toContain(`claim == '${upgrade}'`);
  expect(read("extension-kit/theme/core/join-addition.ts")).toContain(`OWN = "${CLAIM_PROPERTY}"`);
});

test("no other code names the property, or puts an id together", () => {
  const folders = ["app", "extensions/checkout-offers/src", "extensions/offer-pixel/src", "extension-kit"];
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
  );
  const own = /"_tsuide"|`(?:\$\{[\w.]*code\}|again|goal|bt|up)-\$\{|"(?:again|goal|bt)-"|\((?:bt\|again|again\|bt)\)/;
  const naming = files.filter(
    (file) =>
      /\.tsx?$/.test(file) &&
      !/\.test\.|\/theme\/|offers\/offer-id\.ts$/.test(file) &&
      own.test(readFileSync(file, "utf8")),
  );
  expect(naming).toEqual([]);
});
