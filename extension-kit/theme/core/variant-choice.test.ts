import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { VariantChoice } from "./variant-choice.ts";

test("a hidden field is written only where it differs, so that whoever watches the form is not woken", () => {
  const { window } = new JSDOM(`<form><input type="hidden" name="id" value="1"></form>`);
  const field = window.document.querySelector("input")!;
  const watching = new window.MutationObserver(() => undefined);
  watching.observe(window.document, { subtree: true, attributes: true, attributeFilter: ["value"] });
  const choice = new VariantChoice(field);
  choice.id = "1";
  expect(watching.takeRecords()).toEqual([]);
  choice.id = "2";
  expect(watching.takeRecords()).toHaveLength(1);
});
