import { paletteOf } from "./palette.ts";
import { SHAPES, type ShapeName } from "./shapes.ts";

export interface Drawing {
  /** What kind of thing it is, in words: "Tea", "Mugs". */
  type: string;
  shape: ShapeName;
  /** Name of a palette. */
  colour: string;
}

/** A product's picture: 600 by 600, the thing on a soft ground with its shadow. The same seed draws the same lines. */
export function drawPicture({ shape, colour }: Pick<Drawing, "shape" | "colour">, seed: number): string {
  const palette = paletteOf(colour);
  const ring = 190 + (seed % 60);
  const left = 250 + ((seed >>> 6) % 100);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600">` +
    `<rect width="600" height="600" fill="${palette.ground}"/>` +
    `<circle cx="${left}" cy="270" r="${ring}" fill="${palette.shade}"/>` +
    `<ellipse cx="300" cy="474" rx="168" ry="22" fill="${palette.dark}" opacity=".16"/>` +
    `${SHAPES[shape](palette, seed)}</svg>`
  );
}
