import { Drop } from "liquidjs";

const GENERIC: Record<string, string> = { serif: "serif", mono: "monospace" };
const SERIF = /garamond|georgia|serif$|playfair|lora|merriweather|times|baskerville|bodoni|caslon|newsreader/;

/**
 * A font of Liquid. The dev store has none of Shopify's font files, so every font calls itself a system font: themes
 * then ask for no file, and the browser falls back where the family is not installed.
 */
export class Font extends Drop {
  readonly family: string;
  readonly weight: number;
  readonly style: "normal" | "italic" | "oblique";
  readonly fallback_families: string;
  readonly baseline_ratio = 0.091;
  readonly "system?" = true;

  constructor(family: string, weight: number, style: Font["style"]) {
    super();
    this.family = family;
    this.weight = weight;
    this.style = style;
    const isSerif = SERIF.test(family.toLowerCase()) && !/sans/i.test(family);
    this.fallback_families = GENERIC[family.toLowerCase()] ?? (isSerif ? "serif" : "sans-serif");
  }

  /** Reads a handle such as `assistant_n4`: family, style and hundreds of weight. Null for anything else. */
  static from(value: unknown): Font | null {
    if (value instanceof Font) return value;
    const match = /^([a-z0-9_-]+)_([nio])([1-9])$/.exec(String(value ?? ""));
    if (!match) return null;
    const family = match[1]!.replace(/(^|_)([a-z0-9])/g, (_whole, gap: string, letter: string) => {
      return (gap === "" ? "" : " ") + letter.toUpperCase();
    });
    return new Font(
      family,
      Number(match[3]) * 100,
      match[2] === "n" ? "normal" : match[2] === "i" ? "italic" : "oblique",
    );
  }

  get variants(): Font[] {
    return [this];
  }

  /** `font_modify`: the same family in another weight or style; null where there is no such weight. */
  modified(property: unknown, wanted: unknown): Font | null {
    const text = String(wanted);
    if (property === "style") {
      const style = text === "oblique" ? "oblique" : text === "italic" ? "italic" : "normal";
      return new Font(this.family, this.weight, style);
    }
    if (property !== "weight") throw new Error(`font_modify has no property ${String(property)}`);
    const named: Record<string, number> = {
      normal: 400,
      bold: 700,
      bolder: this.weight < 400 ? 400 : this.weight < 600 ? 700 : 900,
      lighter: this.weight > 700 ? 700 : this.weight > 500 ? 400 : 100,
    };
    const weight = named[text] ?? (/^[+-]/.test(text) ? this.weight + Number(text) : Number(text));
    return weight >= 100 && weight <= 900 ? new Font(this.family, weight, this.style) : null;
  }

  /** `font_face`: names the installed font, because there is no file to fetch. */
  face(display: unknown): string {
    const shown = display ? `\n  font-display: ${String(display)};` : "";
    return `@font-face {\n  font-family: "${this.family}";\n  font-weight: ${this.weight};\n  font-style: ${this.style};${shown}\n  src: local("${this.family}");\n}`;
  }

  override toString(): string {
    return this.family;
  }
  override valueOf(): string {
    return this.family;
  }
  override liquidMethodMissing(key: string | number): never {
    throw new Error(`a font has no property ${key} in the dev store`);
  }
}
