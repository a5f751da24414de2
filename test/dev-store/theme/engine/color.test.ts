import { expect, test } from "vitest";
import { COLOR_FILTERS } from "./color-filters.ts";
import { Color } from "./color.ts";

const run = (name: string, value: unknown, ...args: unknown[]) =>
  String(COLOR_FILTERS[name]!.call({} as never, value, args, {}));

test.each([
  ["#fff", "#ffffff"],
  ["#1A2b3c", "#1a2b3c"],
  ["rgb(16, 32, 48)", "#102030"],
  ["rgba(16, 32, 48, 0.5)", "rgba(16, 32, 48, 0.5)"],
  ["#00000026", "rgba(0, 0, 0, 0.14901960784313725)"],
  ["hsl(120, 100%, 25%)", "#008000"],
])("reads the color %s", (text, shown) => {
  expect(Color.from(text)?.toString()).toBe(shown);
});

test("what is no color stays as it is", () => {
  expect(Color.from("var(--ink)")).toBeNull();
  expect(run("color_lighten", "var(--ink)", 10)).toBe("var(--ink)");
});

test.each([
  ["color_to_rgb", "#7ab55c", [], "rgb(122, 181, 92)"],
  ["color_to_hsl", "#7ab55c", [], "hsl(100, 38%, 54%)"],
  ["color_to_hex", "rgb(122, 181, 92)", [], "#7ab55c"],
  ["color_extract", "#7ab55c", ["red"], "122"],
  ["color_brightness", "#7ab55c", [], "153.21"],
  ["color_modify", "#7ab55c", ["red", 255], "#ffb55c"],
  ["color_modify", "#7ab55c", ["alpha", 0.85], "rgba(122, 181, 92, 0.85)"],
  ["color_lighten", "#7ab55c", [30], "#d0e5c5"],
  ["color_darken", "#7ab55c", [30], "#355325"],
  ["color_mix", "#7ab55c", ["#ffc0cb", 50], "#bdbb94"],
  ["color_contrast", "#000000", ["#ffffff"], "21"],
  ["color_difference", "#ff0000", ["#abcdef"], "528"],
  ["brightness_difference", "#fff00f", ["#0b72ab"], "129"],
] as const)("%s of %s", (name, value, args, outcome) => {
  expect(run(name, value, ...args)).toBe(outcome);
});
