import { Drop } from "liquidjs";

/** Red, green and blue from 0 to 255, alpha from 0 to 1. */
type Channels = readonly [red: number, green: number, blue: number, alpha: number];

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));

function channelsOfHex(hex: string): Channels {
  const full = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join("") : hex;
  const at = (index: number) => Number.parseInt(full.slice(index, index + 2), 16);
  return [at(0), at(2), at(4), full.length === 8 ? at(6) / 255 : 1];
}

function channelsOfHsl(hue: number, saturation: number, lightness: number, alpha: number): Channels {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const at = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - chroma * Math.max(-1, Math.min(at - 3, 9 - at, 1))));
  };
  return [channel(0), channel(8), channel(4), alpha];
}

function parse(text: string): Channels | null {
  const hex = /^#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text.trim())?.[1];
  if (hex) return channelsOfHex(hex);
  const call = /^(rgb|hsl)a?\(([^)]+)\)$/i.exec(text.trim());
  if (!call) return null;
  const parts = call[2]!.split(/[\s,/]+/).filter(Boolean);
  const numbers = parts.map((part) => Number.parseFloat(part));
  if (parts.length < 3 || numbers.some(Number.isNaN)) return null;
  const [first = 0, second = 0, third = 0] = numbers;
  const alpha = parts[3]?.endsWith("%") ? numbers[3]! / 100 : (numbers[3] ?? 1);
  if (call[1]!.toLowerCase() === "rgb") return [first, second, third, alpha];
  return channelsOfHsl(first, second / 100, third / 100, alpha);
}

const twoDigits = (value: number) => Math.round(value).toString(16).padStart(2, "0");

/** A colour of Liquid: compares and prints as its text, and has the channels that themes read. */
export class Color extends Drop {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;

  constructor([red, green, blue, alpha]: Channels) {
    super();
    this.red = Math.round(clamp(red, 255));
    this.green = Math.round(clamp(green, 255));
    this.blue = Math.round(clamp(blue, 255));
    this.alpha = clamp(alpha, 1);
  }

  /** Reads `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb()`, `rgba()` and `hsl()`, or a colour; null for anything else. */
  static from(value: unknown): Color | null {
    if (value instanceof Color) return value;
    const channels = typeof value === "string" ? parse(value) : null;
    return channels && new Color(channels);
  }

  static fromHsl(hue: number, saturation: number, lightness: number, alpha: number): Color {
    return new Color(channelsOfHsl(((hue % 360) + 360) % 360, clamp(saturation, 1), clamp(lightness, 1), alpha));
  }

  /** Hue in degrees, saturation and lightness from 0 to 1. */
  hsl(): [number, number, number] {
    const [red, green, blue] = [this.red / 255, this.green / 255, this.blue / 255];
    const most = Math.max(red, green, blue);
    const least = Math.min(red, green, blue);
    const lightness = (most + least) / 2;
    const range = most - least;
    if (range === 0) return [0, 0, lightness];
    const saturation = range / (1 - Math.abs(2 * lightness - 1));
    const sixth =
      most === red ? (green - blue) / range : most === green ? (blue - red) / range + 2 : (red - green) / range + 4;
    return [(sixth * 60 + 360) % 360, saturation, lightness];
  }

  /** Brightness from 0 to 255 by the W3C's formula for perceived brightness. */
  brightness(): number {
    return Math.round(((this.red * 299 + this.green * 587 + this.blue * 114) / 1000) * 100) / 100;
  }

  /** Relative luminance from 0 to 1 by WCAG 2. */
  luminance(): number {
    const [red, green, blue] = [this.red, this.green, this.blue].map((channel) => {
      const share = channel / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  }

  get hue(): number {
    return Math.round(this.hsl()[0]);
  }
  get saturation(): number {
    return Math.round(this.hsl()[1] * 100);
  }
  get lightness(): number {
    return Math.round(this.hsl()[2] * 100);
  }
  get rgb(): string {
    return `${this.red} ${this.green} ${this.blue}`;
  }
  get rgba(): string {
    return `${this.rgb} / ${this.alpha}`;
  }
  get color_space(): string {
    return "srgb";
  }

  get hex(): string {
    return `#${twoDigits(this.red)}${twoDigits(this.green)}${twoDigits(this.blue)}`;
  }

  override toString(): string {
    return this.alpha === 1 ? this.hex : `rgba(${this.red}, ${this.green}, ${this.blue}, ${this.alpha})`;
  }
  override valueOf(): string {
    return this.toString();
  }
  override liquidMethodMissing(key: string | number): never {
    throw new Error(`a color has no property ${key} in the dev store`);
  }
}

/** A colour scheme: prints as its id, and has the colours of the theme's definition. */
export class ColorScheme extends Drop {
  readonly id: string;
  readonly settings: Record<string, unknown>;
  constructor(id: string, settings: Record<string, unknown>) {
    super();
    this.id = id;
    this.settings = settings;
  }
  override toString(): string {
    return this.id;
  }
  override valueOf(): string {
    return this.id;
  }
}

/** The colours of a theme by name; a loop goes over the colours themselves. */
export class ColorPalette extends Drop {
  readonly colors: Map<string, Color>;
  constructor(colors: Map<string, Color>) {
    super();
    this.colors = colors;
  }
  override liquidMethodMissing(key: string | number): Color | null {
    return this.colors.get(String(key)) ?? null;
  }
  [Symbol.iterator](): Iterator<Color> {
    return this.colors.values();
  }
}
