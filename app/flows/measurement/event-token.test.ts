import fc from "fast-check";
import { expect, test } from "vitest";
import { shopDomain } from "../../domain/ids.ts";
import { eventToken, readEventToken, visitorHash } from "./event-token.ts";

const SHOP = shopDomain("tea.myshopify.com");
const INSTALLED = new Date("2026-11-20T12:00:00.500Z");
const KEY = "a key";
const token = eventToken(SHOP, INSTALLED, KEY);

test("a token says which shop it is of, and since when", () => {
  expect(readEventToken(token, KEY)).toEqual({ shop: SHOP, installedSeconds: INSTALLED.getTime() / 1000 - 0.5 });
});

test("each shop, each install and each key has a token of its own", () => {
  const others = [
    eventToken(shopDomain("books.myshopify.com"), INSTALLED, KEY),
    eventToken(SHOP, new Date(INSTALLED.getTime() + 1000), KEY),
    eventToken(SHOP, INSTALLED, "another key"),
  ];
  expect(new Set([token, ...others]).size).toBe(4);
  expect(readEventToken(others[2]!, KEY)).toBe(null);
});

test("a token in which one character was changed, added or left out is none of ours", () => {
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.string({ maxLength: 2, unit: "grapheme" }), (place, text) => {
      const changed = token.slice(0, place) + text + token.slice(place + 1);
      if (changed !== token) expect(readEventToken(changed, KEY)).toBe(null);
    }),
  );
});

test("anything else is no token", () => {
  fc.assert(fc.property(fc.string(), (text) => readEventToken(text, KEY) === null));
});

test("the same browser has another hash in another shop", () => {
  expect(visitorHash(SHOP, "browser", KEY)).not.toBe(visitorHash(shopDomain("books.myshopify.com"), "browser", KEY));
  expect(visitorHash(SHOP, "browser", KEY)).toBe(visitorHash(SHOP, "browser", KEY));
});
