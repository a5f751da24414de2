/** What a size measures: millilitres, grams, pieces, bytes of storage in GB, centimetres, days. */
export type Measure = "volume" | "mass" | "count" | "storage" | "length" | "duration";
export type MeasuredSize = Readonly<Partial<Record<Measure, number>>>;

const UNITS: Readonly<Record<string, readonly [Measure, number]>> = {
  ...{ ml: ["volume", 1], cl: ["volume", 10], dl: ["volume", 100], l: ["volume", 1000] },
  ...{ litre: ["volume", 1000], liter: ["volume", 1000], リットル: ["volume", 1000], "fl oz": ["volume", 29.5735] },
  ...{ mg: ["mass", 0.001], g: ["mass", 1], kg: ["mass", 1000], グラム: ["mass", 1], キロ: ["mass", 1000] },
  ...{ oz: ["mass", 28.3495], lb: ["mass", 453.592] },
  ...{ mm: ["length", 0.1], cm: ["length", 1], m: ["length", 100], inch: ["length", 2.54] },
  ...{ gb: ["storage", 1], tb: ["storage", 1000] },
  ...{ day: ["duration", 1], week: ["duration", 7], month: ["duration", 30], year: ["duration", 365] },
  ...{ 日分: ["duration", 1], 週間分: ["duration", 7], か月分: ["duration", 30], ヶ月分: ["duration", 30] },
  ...{ piece: ["count", 1], pc: ["count", 1], pack: ["count", 1], count: ["count", 1], ct: ["count", 1] },
  ...{ bag: ["count", 1], sheet: ["count", 1], capsule: ["count", 1], tablet: ["count", 1], bottle: ["count", 1] },
  ...{ 個: ["count", 1], 枚: ["count", 1], 本: ["count", 1], 袋: ["count", 1], 缶: ["count", 1], 箱: ["count", 1] },
  ...{ 包: ["count", 1], 粒: ["count", 1], 錠: ["count", 1], 膳: ["count", 1], 足: ["count", 1], セット: ["count", 1] },
};
const NAMES = Object.keys(UNITS).sort((a, b) => b.length - a.length);
const WITH_PLURAL = new Set(
  "piece pc pack bag sheet capsule tablet bottle litre liter day week month year lb".split(" "),
);
const NAMED = NAMES.map((name) => (WITH_PLURAL.has(name) ? `${name}s?` : name)).join("|");
const AMOUNT = "([0-9]{1,7}(?:[.,][0-9]{1,3})?)";
const WITH_UNIT = new RegExp(`${AMOUNT}[ -]?(${NAMED})(?![a-z])`, "giu");
const SET_OF = new RegExp(
  `(?:set|pack|box|pair|case|bundle)s? ?(?:of|/) ?([0-9]{1,5})|(?<![a-z])[x×] ?([0-9]{1,4})(?![0-9a-z.]| ?(?:${NAMED}))`,
  "iu",
);
const LONGEST_TEXT = 500;

/** A size as it stands in a text: 500 and "500 ml". */
export interface WrittenSize {
  readonly value: number;
  readonly text: string;
}

/**
 * The sizes named in a title or an option, as they are written: { volume: { value: 500, text: "500ml" } }. Where a
 * measure is named twice the first counts. Nothing is guessed: no size for letter sizes (S, M, L), which fit rather than
 * exceed each other, and none for a number without a unit.
 */
export function writtenSizes(text: string): Readonly<Partial<Record<Measure, WrittenSize>>> {
  const plain = text.slice(0, LONGEST_TEXT).normalize("NFKC").replace(/\s+/gu, " ").trim();
  const sizes: Partial<Record<Measure, WrittenSize>> = {};
  for (const [written, amount, unit] of plain.matchAll(WITH_UNIT)) {
    const [measure, factor] = unitOf(unit!);
    const value = decimal(amount!) * factor;
    if (value > 0) sizes[measure] ??= { value, text: written };
  }
  const several = SET_OF.exec(plain);
  const count = Number(several?.[1] ?? several?.[2] ?? 0);
  if (count > 0) sizes.count ??= { value: count, text: several![0] };
  return sizes;
}

/** {@link writtenSizes} in figures: { volume: 500 } for "500ml", { mass: 200, count: 6 } for "200 g × 6". */
export function measuredSize(text: string): MeasuredSize {
  return Object.fromEntries(Object.entries(writtenSizes(text)).map(([measure, { value }]) => [measure, value]));
}

function unitOf(written: string): readonly [Measure, number] {
  const unit = written.toLowerCase();
  return UNITS[unit] ?? UNITS[unit.slice(0, -1)]!;
}

/** "1,5" is one and a half; "1,000" is a thousand, as is "1000". */
function decimal(text: string): number {
  return Number(/,[0-9]{3}$/.test(text) ? text.replace(",", "") : text.replace(",", "."));
}

/** How many times larger `to` is in a measure that both name, where none that both name is smaller; null otherwise. */
export function timesLarger(from: MeasuredSize, to: MeasuredSize): { measure: Measure; times: number } | null {
  const measures = (Object.keys(from) as Measure[]).filter((measure) => to[measure] !== undefined).sort();
  const ratios = measures.map((measure) => ({ measure, times: to[measure]! / from[measure]! }));
  if (ratios.some(({ times }) => times < 1)) return null;
  return ratios.reduce<{ measure: Measure; times: number } | null>(
    (best, ratio) => (ratio.times > (best?.times ?? 1) ? ratio : best),
    null,
  );
}
