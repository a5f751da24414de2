import { roundedQuotient } from "../../../app/domain/orders/files/decimal-texts.ts";
import type { FileOrderLine } from "../../../app/domain/orders/files/file-order-line.ts";
import type { NotGoods } from "../../../app/domain/orders/service-vocabulary.ts";
import type { LeftOutReason } from "../../../app/domain/orders/cleaning.ts";
import { drawPicture } from "../generator/pictures/draw-picture.ts";
import { pictureOfTitle } from "../generator/pictures/picture-of-title.ts";
import { exponentOf } from "../shop/money.ts";
import { hashText } from "../shop/random.ts";
import type { DevCollection, DevProduct } from "../shop/state.ts";

/** A line of an order file in the shop's currency. */
export interface KeptLine extends Pick<
  FileOrderLine,
  "at" | "itemId" | "quantity" | "title" | "category" | "refunded" | "requiresShipping"
> {
  /** Smallest units of the shop's currency; null where the file says none in that currency. */
  readonly unitPriceMinor: number | null;
  readonly discountMinor: number;
  /** Why it is no sale of goods, by the same rules as the app's. */
  readonly reason: LeftOutReason | null;
  /** What its words say that it is, also where it is left out for something else. */
  readonly notGoods: NotGoods | null;
}

/** What a product costs in the demo where its file has no prices at all, in whole units of money of two decimals. */
const UNKNOWN_PRICE = 1000;

/** Of `10^-decimals` units, the smallest units of a currency with `exponent` digits. Never nothing for something. */
export function minorUnits(amount: number, decimals: number, exponent: number): number {
  const minor =
    decimals <= exponent ? amount * 10 ** (exponent - decimals) : roundedQuotient(amount, 10 ** (decimals - exponent));
  return minor === 0 && amount !== 0 ? Math.sign(amount) : minor;
}

interface Seen {
  itemId: string;
  titles: Map<string, number>;
  prices: Map<number, number>;
  category: string;
  firstAt: number;
  lastAt: number;
  units: number;
  isGiftCard: boolean;
  hasFreeLines: boolean;
}

function mostUsual<Value>(counts: ReadonlyMap<Value, number>): Value | undefined {
  let best: Value | undefined;
  let bestCount = 0;
  // Later wins a tie: the price that is nearer to today's.
  for (const [value, count] of counts) {
    if (count < bestCount) continue;
    best = value;
    bestCount = count;
  }
  return best;
}

/** "WHITE METAL LANTERN" as a shop window would write it: "White Metal Lantern". Mixed case is left alone. */
export function shopTitle(title: string): string {
  const trimmed = title
    .trim()
    .replace(/\s+/g, " ")
    .replace(/\s*[.,]+$/, "");
  if (trimmed !== trimmed.toUpperCase()) return trimmed;
  return trimmed
    .toLowerCase()
    .replace(/(^|[\s(/-])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/\b(Of|And|The|In|For|With|On|To|Or|A)\b/g, (word) => word.toLowerCase())
    .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

function handleOf(title: string, itemId: string): string {
  const words = title
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return `${words === "" ? "item" : words}-${itemId.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`.slice(0, 120);
}

/** Lines that are sold beside the goods, and have no product. */
export function isWithoutProduct({ notGoods, unitPriceMinor }: KeptLine): boolean {
  return notGoods === "service" || (unitPriceMinor !== null && unitPriceMinor < 0);
}

function collect(lines: Iterable<KeptLine>): Map<string, Seen> {
  const items = new Map<string, Seen>();
  for (const line of lines) {
    if (isWithoutProduct(line)) continue;
    let seen = items.get(line.itemId);
    if (seen === undefined) {
      seen = {
        ...{ itemId: line.itemId, titles: new Map(), prices: new Map(), category: line.category },
        ...{
          firstAt: line.at,
          lastAt: line.at,
          units: 0,
          isGiftCard: line.notGoods === "gift-card",
          hasFreeLines: false,
        },
      };
      items.set(line.itemId, seen);
    }
    seen.firstAt = Math.min(seen.firstAt, line.at);
    seen.lastAt = Math.max(seen.lastAt, line.at);
    // Free lines are often stock corrections whose "titles" are notes such as "damaged".
    if (line.unitPriceMinor !== null && line.unitPriceMinor <= 0) seen.hasFreeLines = true;
    else if (line.quantity > 0) {
      seen.units += line.quantity;
      if (line.unitPriceMinor !== null)
        seen.prices.set(line.unitPriceMinor, (seen.prices.get(line.unitPriceMinor) ?? 0) + 1);
      if (line.title !== "") seen.titles.set(line.title, (seen.titles.get(line.title) ?? 0) + 1);
    }
  }
  return items;
}

/** The products behind an order file's item codes, by code: the most usual title and price, a drawn picture. */
export function productsOfFile(lines: Iterable<KeptLine>, currency: string): Map<string, DevProduct> {
  const products = new Map<string, DevProduct>();
  let number = 0;
  const unknownPrice = UNKNOWN_PRICE * 10 ** (exponentOf(currency) === 0 ? 0 : exponentOf(currency) - 2);
  for (const seen of collect(lines).values()) {
    number++;
    const id = String(7_000_000_000_000 + number);
    const title = shopTitle(mostUsual(seen.titles) ?? seen.itemId);
    // Sold for nothing only: the shop has it, but not in its window. An unknown price is not zero.
    const never = seen.prices.size === 0 && (seen.hasFreeLines || seen.units === 0);
    const { isGiftCard } = seen;
    const drawing = pictureOfTitle(title);
    products.set(seen.itemId, {
      id,
      handle: handleOf(title, seen.itemId),
      title,
      descriptionHtml: `<p>${title.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</p>`,
      vendor: "",
      productType: seen.category === "" ? drawing.type : seen.category,
      tags: [],
      status: never ? "DRAFT" : "ACTIVE",
      options: ["Title"],
      isGiftCard,
      variants: [
        {
          id: String(41_000_000_000_000 + number),
          productId: id,
          title: "Default Title",
          sku: seen.itemId,
          options: ["Default Title"],
          priceMinor: mostUsual(seen.prices) ?? (never ? 0 : unknownPrice),
          compareAtMinor: null,
          costMinor: null,
          inventoryQuantity: 20 + (hashText(seen.itemId) % 180),
          inventoryPolicy: "DENY",
          tracked: true,
          requiresShipping: !isGiftCard,
        },
      ],
      collectionIds: [collectionId(drawing.type)],
      image: `/__images/${id}.svg`,
      imageSvg: drawPicture(drawing, hashText(seen.itemId)),
      createdAt: seen.firstAt,
      updatedAt: seen.lastAt,
      publishedAt: never ? null : seen.firstAt,
    });
  }
  return products;
}

function collectionId(type: string): string {
  return String(300_000_000_000 + (hashText(type) % 1_000_000));
}

/** One collection per kind of picture. */
export function fileCollections(products: Iterable<DevProduct>): DevCollection[] {
  const collections = new Map<string, DevCollection>();
  for (const { collectionIds, title } of products) {
    const { type } = pictureOfTitle(title);
    const [id] = collectionIds;
    if (id === undefined || collections.has(id)) continue;
    collections.set(id, { id, title: type, handle: type.toLowerCase().replace(/[^a-z]+/g, "-") });
  }
  return [...collections.values()];
}
