import { Color } from "./color.ts";
import type { Filter } from "./filter-types.ts";

/** Shopify's colour filters. What is no colour comes back as it was, as at Shopify. */

const percent = (value: unknown) => Number(value) / 100;

/** A filter that makes another colour out of hue, saturation and lightness. */
function adjusted(change: (hsl: [number, number, number], by: number) => [number, number, number]): Filter {
  return (value, [by]) => {
    const color = Color.from(value);
    return color ? Color.fromHsl(...change(color.hsl(), percent(by)), color.alpha) : value;
  };
}

function part(color: Color, name: unknown): number {
  const [hue, saturation, lightness] = [color.hue, color.saturation, color.lightness];
  const parts: Record<string, number> = {
    ...{ red: color.red, green: color.green, blue: color.blue, alpha: color.alpha },
    ...{ hue, saturation, lightness },
  };
  const found = parts[String(name)];
  if (found === undefined) throw new Error(`a color has no part "${String(name)}"`);
  return found;
}

function modified(color: Color, name: unknown, to: number): Color {
  const { red, green, blue, alpha } = color;
  if (name === "alpha") return new Color([red, green, blue, to]);
  if (name === "red") return new Color([to, green, blue, alpha]);
  if (name === "green") return new Color([red, to, blue, alpha]);
  if (name === "blue") return new Color([red, green, to, alpha]);
  const [hue, saturation, lightness] = color.hsl();
  if (name === "hue") return Color.fromHsl(to, saturation, lightness, alpha);
  if (name === "saturation") return Color.fromHsl(hue, to / 100, lightness, alpha);
  if (name === "lightness") return Color.fromHsl(hue, saturation, to / 100, alpha);
  throw new Error(`a color has no part "${String(name)}"`);
}

function contrast(one: Color, other: Color): number {
  const [light, dark] = [one.luminance(), other.luminance()].sort((a, b) => b - a) as [number, number];
  return Math.round(((light + 0.05) / (dark + 0.05)) * 10) / 10;
}

/** A filter over two colours; nothing where either is none. */
function compared(compare: (one: Color, other: Color) => number): Filter {
  return (value, [second]) => {
    const one = Color.from(value);
    const other = Color.from(second);
    return one && other ? compare(one, other) : null;
  };
}

const hslText = ({ hue, saturation, lightness, alpha }: Color) =>
  alpha === 1 ? `hsl(${hue}, ${saturation}%, ${lightness}%)` : `hsla(${hue}, ${saturation}%, ${lightness}%, ${alpha})`;

const rgbText = ({ red, green, blue, alpha }: Color) =>
  alpha === 1 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha})`;

/** A filter that writes a colour in another notation. */
function written(write: (color: Color) => string): Filter {
  return (value) => {
    const color = Color.from(value);
    return color ? write(color) : value;
  };
}

export const COLOR_FILTERS: Record<string, Filter> = {
  color_to_rgb: written(rgbText),
  color_to_hsl: written(hslText),
  color_to_hex: written((color) => color.hex),
  color_brightness: (value) => Color.from(value)?.brightness() ?? null,
  color_extract(value, [name]) {
    const color = Color.from(value);
    return color ? part(color, name) : null;
  },
  color_modify(value, [name, to]) {
    const color = Color.from(value);
    return color ? modified(color, name, Number(to)) : value;
  },
  color_lighten: adjusted(([hue, saturation, lightness], by) => [hue, saturation, lightness + by]),
  color_darken: adjusted(([hue, saturation, lightness], by) => [hue, saturation, lightness - by]),
  color_saturate: adjusted(([hue, saturation, lightness], by) => [hue, saturation + by, lightness]),
  color_desaturate: adjusted(([hue, saturation, lightness], by) => [hue, saturation - by, lightness]),
  color_mix(value, [second, share]) {
    const one = Color.from(value);
    const other = Color.from(second);
    if (!one || !other) return value;
    const mix = (a: number, b: number) => a * percent(share) + b * (1 - percent(share));
    return new Color([
      mix(one.red, other.red),
      mix(one.green, other.green),
      mix(one.blue, other.blue),
      mix(one.alpha, other.alpha),
    ]);
  },
  color_contrast: compared(contrast),
  color_difference: compared(
    (one, other) => Math.abs(one.red - other.red) + Math.abs(one.green - other.green) + Math.abs(one.blue - other.blue),
  ),
  brightness_difference: compared((one, other) => Math.round(Math.abs(one.brightness() - other.brightness()))),
};
