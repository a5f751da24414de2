import { expect, test } from "vitest";
import { PRICED_TYPES } from "../pricing/rules.ts";
import type { OfferTypeName } from "./offer-type-name.ts";

/** Fails to compile where pricing lacks a type of offer: its folder comes before this one and cannot know their names. */
const letters: Record<OfferTypeName, string> = PRICED_TYPES;

test("compact rules begin each type of offer with a letter of its own", () =>
  expect(new Set(Object.values(letters)).size).toBe(Object.keys(letters).length));
