import { expect, test } from "vitest";
import { drawPicture } from "./draw-picture.ts";
import { PALETTE_NAMES } from "./palette.ts";
import { pictureOfTitle } from "./picture-of-title.ts";
import { SHAPES, type ShapeName } from "./shapes.ts";

const shapes = Object.keys(SHAPES) as ShapeName[];

test("every shape draws in every palette: closed tags, numbers and colours only", () => {
  for (const shape of shapes) {
    for (const colour of PALETTE_NAMES) {
      for (const seed of [0, 1, 2, 4_294_967_295]) {
        const svg = drawPicture({ shape, colour }, seed);
        expect(svg).not.toMatch(/NaN|undefined|null|Infinity/);
        expect(svg.match(/<g[ >]/g)?.length ?? 0).toBe(svg.match(/<\/g>/g)?.length ?? 0);
        expect(svg.length).toBeLessThan(8000);
      }
    }
  }
});

test("no two shapes look the same, and one seed draws one picture", () => {
  expect(new Set(shapes.map((shape) => drawPicture({ shape, colour: "green" }, 5))).size).toBe(shapes.length);
  expect(drawPicture({ shape: "tin", colour: "green" }, 6)).toBe(drawPicture({ shape: "tin", colour: "green" }, 6));
  expect(drawPicture({ shape: "tin", colour: "green" }, 6)).not.toBe(drawPicture({ shape: "tin", colour: "green" }, 7));
});

test("a title alone says what to draw", () => {
  expect(pictureOfTitle("Red Retrospot Mug")).toEqual({ type: "Kitchen", shape: "mug", colour: "red" });
  expect(pictureOfTitle("Alarm Clock Bakelike Pink")).toEqual({ type: "Home", shape: "clock", colour: "pink" });
  expect(pictureOfTitle("Thing")).toMatchObject({ type: "More", shape: "box" });
});
