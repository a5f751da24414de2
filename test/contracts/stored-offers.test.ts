import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OFFER_TYPE_NAMES } from "../../app/domain/offers/offer-type-name.ts";
import { contentShape, offerType } from "../../app/domain/offers/offer-types.ts";
import { isFault, readOffer } from "../../app/domain/offers/read-offer.ts";
import { OFFER_MODES } from "../../app/domain/settings/modes.ts";
import { offersOfType } from "./offer-samples.ts";

/* What holds for stored offers of every type. A type that lacks anything fails here, or does not compile. */

const NUMBER = 7;
const stored = (type: string, content: unknown) => ({ type, content, number: NUMBER, configVersion: 1, version: 1 });

describe.each(OFFER_TYPE_NAMES)("offers of type %s", (type) => {
  test("survive storage as they are", () => {
    fc.assert(
      fc.property(offersOfType(type), fc.constantFrom(...OFFER_MODES), (content, shopMode) => {
        expect(contentShape(type).parse(content)).toEqual({ ok: true, value: content });
        const read = readOffer(stored(type, JSON.parse(JSON.stringify(content))), shopMode);
        const mode = content.mode === "shop" ? shopMode : content.mode;
        expect(read).toEqual({ ...content, mode, type, number: NUMBER, version: 1 });
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
    fc.assert(fc.property(broken, (content) => void readOffer(stored(type, content), "automatic")));
    const { content } = stored(type, { ...contentShape(type).default, config: "none", surfaces: ["moon"] });
    expect(readOffer(stored(type, content), "automatic")).toMatchObject({ code: "invalid" });
    const later = { ...stored(type, contentShape(type).default), configVersion: offerType(type).configVersion + 1 };
    expect(readOffer(later, "automatic")).toEqual({ code: "newer-version" });
    expect(isFault(readOffer(stored("hologram", contentShape(type).default), "automatic"))).toBe(true);
  });

  test("know what they can do", () => {
    expect(offerType(type).name).toBe(type);
    expect(offerType(type).surfaces.length).toBeGreaterThan(0);
  });
});
