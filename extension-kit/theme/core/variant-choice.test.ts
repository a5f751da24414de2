import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { VariantChoice } from "./variant-choice.ts";

test("a hidden field is never written, so that whoever watches the form is not woken", () => {
  const { window } = new JSDOM(`<form><input type="hidden" name="id" value="1"></form>`);
  const field = window.document.querySelector("input")!;
  const watching = new window.MutationObserver(() => undefined);
  watching.observe(window.document, { subtree: true, attributes: true, attributeFilter: ["value"] });
  const choice = new VariantChoice(field);
  choice.id = "1";
  choice.id = "2";
  expect([watching.takeRecords(), choice.id]).toEqual([[], "1"]);
});

test("a select takes the variants that it has", () => {
  const { window } = new JSDOM(`<select><option value="1">A</option><option value="2">B</option></select>`);
  const choice = new VariantChoice(window.document.querySelector("select")!);
  choice.id = "2";
  choice.id = "3";
  expect([choice.id, choice.variantTitle]).toEqual(["2", "B"]);
});
