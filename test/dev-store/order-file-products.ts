import type { FileOrderLine } from "../../app/domain/orders/file-order-line.ts";
import { drawPicture } from "./pictures/draw-picture.ts";
import { pictureOfTitle } from "./pictures/picture-of-title.ts";
import { exponentOf } from "./money.ts";
import { hashText } from "./random.ts";
import type { DevCollection, DevProduct } from "./state.ts";

/** What is kept of a line until all lines are read: half a million of them are held at once. */
export type KeptLine = Pick<
  FileOrderLine,
  "at" | "itemId" | "quantity" | "price" | "discount" | "title" | "category" | "refunded" | "requiresShipping"
>;

interface Seen {
  itemId: string;
  titles: Map<string, number>;
  prices: Map<number, number>;
  category: string;
  firstAt: number;
  lastAt: number;
  units: number;
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

const NUMBERED_CODE = /^\d|\d{3}/;

/**
 * Which codes stand for products. Where nearly all codes of a file are numbered ("85123A"), the few that are not
 * ("POST", "M") stand for postage and manual entries; where they are words anyway, every code is a product.
 */
function productCodes(lines: Iterable<KeptLine>): (itemId: string) => boolean {
  const codes = new Set<string>();
  for (const { itemId } of lines) codes.add(itemId);
  let numbered = 0;
  for (const code of codes) if (NUMBERED_CODE.test(code)) numbered++;
  return numbered > codes.size * 0.9 ? (itemId) => NUMBERED_CODE.test(itemId) : () => true;
}

function collect(lines: readonly KeptLine[], scale: number): Map<string, Seen> {
  const items = new Map<string, Seen>();
  const isProduct = productCodes(lines);
  for (const line of lines) {
    if (!isProduct(line.itemId)) continue;
    let seen = items.get(line.itemId);
    if (seen === undefined) {
      const at = Number.isNaN(line.at) ? 0 : line.at;
      seen = {
        itemId: line.itemId,
        titles: new Map(),
        prices: new Map(),
        category: line.category,
        firstAt: at,
        lastAt: at,
        units: 0,
      };
      items.set(line.itemId, seen);
    }
    if (!Number.isNaN(line.at)) seen.lastAt = Math.max(seen.lastAt, line.at);
    // Lines without a price are stock corrections whose "titles" are notes such as "damaged".
    if (line.price === null || line.price <= 0 || line.quantity <= 0) continue;
    seen.units += line.quantity;
    const price = Math.round(line.price * scale);
    seen.prices.set(price, (seen.prices.get(price) ?? 0) + 1);
    if (line.title !== "") seen.titles.set(line.title, (seen.titles.get(line.title) ?? 0) + 1);
  }
  return items;
}

/** The products behind an order file's item codes, by code: the most usual title and price, a drawn picture. */
export function productsOfFile(lines: readonly KeptLine[], currency: string): Map<string, DevProduct> {
  const products = new Map<string, DevProduct>();
  let number = 0;
  for (const seen of collect(lines, 10 ** exponentOf(currency)).values()) {
    number++;
    const id = String(7_000_000_000_000 + number);
    const title = shopTitle(mostUsual(seen.titles) ?? seen.itemId);
    const never = seen.prices.size === 0;
    const isGiftCard = /^gift_/i.test(seen.itemId) || /\bgift voucher\b/i.test(title);
    const drawing = pictureOfTitle(title);
    products.set(seen.itemId, {
      id,
      handle: handleOf(title, seen.itemId),
      title,
      descriptionHtml: `<p>${title.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</p>`,
      vendor: "",
      productType: seen.category === "" ? drawing.type : seen.category,
      tags: [],
      // Never sold at a price: the shop has it, but not in its window.
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
          priceMinor: mostUsual(seen.prices) ?? 0,
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
