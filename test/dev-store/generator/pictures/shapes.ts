import type { Draw } from "./drawing-parts.ts";
import { HOUSEHOLD_SHAPES } from "./household-shapes.ts";
import { KITCHEN_SHAPES } from "./kitchen-shapes.ts";
import { TABLEWARE_SHAPES } from "./tableware-shapes.ts";

/** Everything that can be drawn, by name. */
export const SHAPES = { ...TABLEWARE_SHAPES, ...KITCHEN_SHAPES, ...HOUSEHOLD_SHAPES } as const satisfies Record<
  string,
  Draw
>;

export type ShapeName = keyof typeof SHAPES;
