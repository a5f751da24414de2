import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Offer, OfferContent } from "../../app/domain/offers/offer.ts";
import { OFFER_TYPE_NAMES, type OfferTypeName } from "../../app/domain/offers/offer-type-name.ts";
import { contentShape, offerType } from "../../app/domain/offers/offer-types.ts";
import { isFault, readOffer } from "../../app/domain/offers/read-offer.ts";
import { offersOfType } from "./offer-samples.ts";

/* What holds for stored offers of every type. A type that lacks anything fails here, or does not compile. */

const NUMBER = 7;
const offerOf = (type: OfferTypeName, content: OfferContent): Offer => ({
  ...content,
  type,
  number: NUMBER,
  version: 1,
});
const stored = (type: string, content: unknown) => ({ type, content, number: NUMBER, configVersion: 1, version: 1 });

describe.each(OFFER_TYPE_NAMES)("offers of type %s", (type) => {
  test("survive storage as they are", () => {
    fc.assert(
      fc.property(offersOfType(type), (content) => {
        expect(contentShape(type).parse(content)).toEqual({ ok: true, value: content });
        const read = readOffer(stored(type, JSON.parse(JSON.stringify(content))));
        expect(read).toEqual(offerOf(type, content));
      }),
    );
  });

  test("are read with a fault where they are broken, of a later release or unknown, and never throw", () => {
    const broken = fc.oneof(
      fc.anything(),
      fc
        .tuple(offersOfType(type), fc.constantFrom(...Object.keys(contentShape(type).default)), fc.anything())
        .map(([content, name, value]) => ({ ...content, [name]: value })),
    );
    fc.assert(fc.property(broken, (content) => void readOffer(stored(type, content))));
    const { content } = stored(type, { ...contentShape(type).default, config: "none", surfaces: ["moon"] });
    expect(readOffer(stored(type, content))).toMatchObject({ code: "invalid" });
    const later = { ...stored(type, contentShape(type).default), configVersion: offerType(type).configVersion + 1 };
    expect(readOffer(later)).toEqual({ code: "newer-version" });
    expect(isFault(readOffer(stored("hologram", contentShape(type).default)))).toBe(true);
  });

  test("know what they can do", () => {
    expect(offerType(type).name).toBe(type);
    expect(offerType(type).surfaces.length).toBeGreaterThan(0);
  });
});
