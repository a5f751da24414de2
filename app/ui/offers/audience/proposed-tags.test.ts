import { expect, test } from "vitest";
import { proposedTags, withTag } from "./proposed-tags.ts";

const KNOWN = ["VIP", "wholesale", "Wholesale Asia", "staff"];

test("tags of the shop are proposed but for those that are chosen, whatever their case", () => {
  expect(proposedTags(KNOWN, [])).toEqual(KNOWN);
  expect(proposedTags(KNOWN, ["vip", "Staff"])).toEqual(["wholesale", "Wholesale Asia"]);
  expect(
    proposedTags(
      Array.from({ length: 40 }, (_, n) => `tag ${n}`),
      [],
    ),
  ).toHaveLength(12);
});

test("while a tag is typed those that begin with it are proposed, and the chosen one takes its place", () => {
  expect(proposedTags(KNOWN, ["VIP", "whole"])).toEqual(["wholesale", "Wholesale Asia"]);
  expect(withTag(["VIP", "whole"], "wholesale")).toBe("VIP, wholesale, ");
  expect(withTag(["VIP"], "staff")).toBe("VIP, staff, ");
  expect(withTag([], "VIP")).toBe("VIP, ");
});
