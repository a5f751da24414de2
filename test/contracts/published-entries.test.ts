import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bareNumber, type ProductId } from "../../app/domain/ids.ts";
import type { ProductCompiledType, PublishFacts, ShopPublishFacts } from "../../app/domain/offers/compiled-type.ts";
import { compiledType } from "../../app/domain/offers/compiled-types.ts";
import { parseOfferId } from "../../app/domain/offers/offer-id.ts";
import { type Offer, type OfferContent, offerWith } from "../../app/domain/offers/offer.ts";
import { OFFER_ANCHORS, OFFER_TYPE_NAMES, type OfferTypeName } from "../../app/domain/offers/offer-type-name.ts";
import { contentShape } from "../../app/domain/offers/offer-types.ts";
import { fitProductEntries, type ProductEntry, productMetafields } from "../../app/domain/offers/product-metafields.ts";
import { shopMetafields } from "../../app/domain/offers/shop-metafields.ts";
import { PUBLISHED } from "../../app/domain/publishing/addresses.ts";
import type { PublishedEntry, UnreadEntry } from "../../app/domain/publishing/entry.ts";
import { entriesIn, entriesOfType, readEnvelope } from "../../app/domain/publishing/envelope.ts";
import { METAFIELD_BYTES, RULES_BYTES } from "../../app/domain/publishing/limits.ts";
import { OFFER_SAMPLES, offersOfType, product } from "./offer-samples.ts";

/* What holds for published entries of every type. A type that lacks anything fails here, or does not compile. */

const NUMBER = 7;
const TOLD_UNTIL = new Date("2026-11-28T00:00:00Z");
const OTHERS = Array.from({ length: 30 }, (_, n) => product(n + 2));
const FACTS = { ordersUntil: TOLD_UNTIL, hasSellingPlans: true };
const ACTIVE: PublishFacts & ShopPublishFacts = { discountIsActive: true, ownRates: [] };

const offerOf = (type: OfferTypeName, content: OfferContent) =>
  offerWith(content, { type, number: NUMBER, version: 1 }, "automatic");
const largest = (type: OfferTypeName) => {
  const given: Partial<OfferContent> = OFFER_SAMPLES[type].largest;
  return offerOf(type, { ...contentShape(type).default, ...given, status: "active" });
};

function productType(type: OfferTypeName): ProductCompiledType<unknown, PublishedEntry, unknown> {
  const compiled = compiledType(type);
  if (compiled.anchor !== "product") throw new Error(`${type} has no entries on products`);
  return compiled;
}

/** The entry of a product's offer; null where nothing is offered with it. */
function entryOf(offer: Offer, of: ProductId, others: readonly ProductId[] = OTHERS): ProductEntry | null {
  const chosen = OFFER_SAMPLES[offer.type].chosen?.(of, others) ?? null;
  const entry = productType(offer.type).compile(offer, { ...ACTIVE, ...FACTS, product: of, chosen });
  return entry && { offer, entry };
}

const valueOf = (entries: readonly ProductEntry[], key: string) =>
  productMetafields(entries).find(({ address }) => address.key === key)?.value ?? "";

test.each(OFFER_TYPE_NAMES)("%s is published by what carries it", (type) => {
  expect(compiledType(type).anchor).toBe(OFFER_ANCHORS[type]);
});

describe.each(OFFER_TYPE_NAMES.filter((type) => OFFER_ANCHORS[type] === "product"))("entries of %s", (type) => {
  test("read back as they were published, whatever else stands in the envelope", () => {
    const junk: unknown[] = [null, "x", { type }, { type, id: "x" }, { type: "hologram", id: "holo-1" }, { id: 3 }];
    fc.assert(
      fc.property(
        offersOfType(type),
        fc.array(fc.oneof(fc.constantFrom(...junk), fc.jsonValue())),
        (content, others) => {
          const compiled = entryOf(offerOf(type, content), product(1))!;
          expect(parseOfferId(compiled.entry.id)).toEqual({ kind: "offer", type, number: NUMBER, product: product(1) });
          const { offers } = JSON.parse(valueOf([compiled], PUBLISHED.offers.key)) as { offers: unknown[] };
          const envelope = JSON.stringify({ version: 2, offers: [...others, ...offers] });
          const read = entriesOfType(readEnvelope(envelope), type, productType(type).read);
          expect(read.at(-1)).toEqual(compiled.entry);
        },
      ),
    );
  });

  test("never throw for what is no entry of theirs", () => {
    const entry = fc.record({ type: fc.constantFrom(type, "hologram"), id: fc.string() });
    fc.assert(
      fc.property(entry, fc.dictionary(fc.string(), fc.jsonValue()), (given, more) => {
        productType(type).read({ ...more, ...given } as UnreadEntry);
      }),
    );
  });

  test("fit what a Function reads, however much is in them", () => {
    const entries = Array.from({ length: 5 }, () => entryOf(largest(type), product(1))!);
    const { entries: kept } = fitProductEntries(entries);
    expect(kept.length).toBeGreaterThan(0);
    expect(Buffer.byteLength(valueOf(kept, PUBLISHED.offers.key))).toBeLessThan(METAFIELD_BYTES);
    const rules = valueOf(kept, PUBLISHED.rules.key);
    expect(rules === "" ? 0 : (JSON.parse(rules) as string).length).toBeLessThanOrEqual(RULES_BYTES);
  });

  test("get smaller step by step until nothing can be spared, and stay readable", () => {
    let entry = entryOf(largest(type), product(1))!.entry;
    for (let steps = 0; ; steps++) {
      const smaller = productType(type).smaller(entry);
      if (smaller === null) break;
      expect(JSON.stringify(smaller).length).toBeLessThan(JSON.stringify(entry).length);
      expect(productType(type).read(smaller as UnreadEntry)).toEqual(smaller);
      entry = smaller;
      expect(steps).toBeLessThan(200);
    }
  });

  test("name only products that Liquid has to resolve, and not their own", () => {
    const { companions, segmentCompanions } = productType(type).references(entryOf(largest(type), product(1))!.entry);
    const all = [...companions, ...segmentCompanions];
    expect(all).not.toContain(product(1));
    expect(all.every((one) => OTHERS.some((other) => bareNumber(other) === bareNumber(one)))).toBe(true);
  });

  test("promise no price while the discount gives none", () => {
    fc.assert(
      fc.property(offersOfType(type), (content) => {
        const chosen = OFFER_SAMPLES[type].chosen?.(product(1), OTHERS) ?? null;
        const facts = {
          discountIsActive: false,
          product: product(1),
          chosen,
          ordersUntil: null,
          hasSellingPlans: true,
        };
        const offer = offerOf(type, content);
        const entry = productType(type).compile(offer, facts);
        expect(entry && productType(type).rules(entry, offer)).toBeNull();
      }),
    );
  });
});

describe.each(OFFER_TYPE_NAMES.filter((type) => OFFER_ANCHORS[type] === "shop"))("entries of %s", (type) => {
  const published = (offers: readonly Offer[], changes: object = {}) =>
    shopMetafields(offers, { ...ACTIVE, paused: false, history: false, ...changes });
  const entries = (text: string) => entriesIn((JSON.parse(text) as { offers: unknown }).offers);

  test("fit what a Function reads, and name their offer", () => {
    for (const text of Object.values(published([largest(type)]))) {
      if (text === null) continue;
      expect(Buffer.byteLength(text as string)).toBeLessThan(METAFIELD_BYTES);
    }
    fc.assert(
      fc.property(offersOfType(type), (content) => {
        const { storefront, checkout } = published([offerOf(type, content)]);
        for (const text of [storefront, checkout]) {
          const [entry] = entries(text).filter((one) => one.type === type);
          expect(parseOfferId(entry!.id)).toEqual({ kind: "offer", type, number: NUMBER, product: null });
        }
      }),
    );
  });

  test("are nowhere while the shop is paused, or the discount gives nothing", () => {
    for (const changes of [{ paused: true }, { discountIsActive: false }]) {
      const { storefront, checkout, policy } = published([largest(type)], changes);
      expect([...entries(storefront), ...entries(checkout)]).toEqual([]);
      expect((JSON.parse(policy) as { rules: string }).rules).not.toContain(`,${NUMBER},`);
    }
  });
});
