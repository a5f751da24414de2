import { gid, type OrderId, type ProductId } from "../../domain/ids.ts";
import type { OrderHead, ParentedLine } from "../../domain/orders/fetched-order.ts";
import type { CollectionMembership, Product, Variant } from "../../domain/catalogue/product.ts";
import { BulkFileBroken } from "./bulk-file.ts";
import type { LineItemNode, OrderNode } from "../operations/order.ts";
import type { VariantNode } from "../operations/product.ts";
import { metafieldsOf, type BulkProductNode } from "../operations/products-bulk.ts";
import { shortText } from "../../domain/catalogue/attribute.ts";
import { orderIdOf, readLine, readOrder, readProduct, readVariant, type ReadingContext } from "./read-nodes.ts";

type BulkNode = { readonly id: string; readonly __parentId?: string };

/** An order of which something could not be read, and why. */
export interface UnreadOrder {
  readonly orderId: OrderId;
  /** Null where only a line of it is known. */
  readonly name: string | null;
  readonly reason: string;
}

/**
 * Reads lines of an orders file: orders, and lines that name their order; neither need be near the other. An order or a
 * line that cannot be read is left out and named, and holds up nothing else.
 */
export function readOrderNodes(
  context: ReadingContext,
  texts: readonly string[],
): { orders: OrderHead[]; lines: ParentedLine[]; unread: UnreadOrder[] } {
  const orders: OrderHead[] = [];
  const lines: ParentedLine[] = [];
  const unread: UnreadOrder[] = [];
  for (const text of texts) {
    const node = parse(text);
    try {
      if (node.__parentId === undefined) orders.push(readOrder(context, node as unknown as OrderNode));
      else if (resource(node.id) === "LineItem") {
        const orderId: OrderId = gid("Order", node.__parentId);
        lines.push({ orderId, line: readLine(node as unknown as LineItemNode) });
      }
    } catch (error) {
      const orderId = orderIdOf(node.__parentId ?? node.id);
      if (orderId === null) throw new BulkFileBroken("A line is no order's");
      const { name } = node as { name?: unknown };
      const isNamed = node.__parentId === undefined && typeof name === "string";
      unread.push({ orderId, name: isNamed ? shortText(name) : null, reason: shortText(String(error), 200) });
    }
  }
  return { orders, lines, unread };
}

/** What this app has published of a product, as Shopify holds it. */
export interface OwnMetafields {
  readonly product: ProductId;
  /** Values of the metafields; null where there is none. `offer` is of version 1. */
  readonly offers: string | null;
  readonly offer: string | null;
  readonly listings: string | null;
}

/** Reads lines of a products file: products, and the variants and collections that name them. */
export function readProductNodes(
  context: ReadingContext,
  texts: readonly string[],
): { products: Product[]; variants: Variant[]; memberships: CollectionMembership[]; own: OwnMetafields[] } {
  const products: Product[] = [];
  const own: OwnMetafields[] = [];
  const variants: Variant[] = [];
  const memberships: CollectionMembership[] = [];
  for (const text of texts) {
    const node = parse(text);
    if (node.__parentId === undefined) {
      const product = node as unknown as BulkProductNode;
      products.push(readProduct(product, metafieldsOf(product)));
      const held = {
        offers: product.ownOffers?.value ?? null,
        offer: product.ownOffer?.value ?? null,
        listings: product.ownListings?.value ?? null,
      };
      const isAny = Object.values(held).some((value) => value !== null);
      if (isAny) own.push({ product: gid("Product", product.id), ...held });
      continue;
    }
    const productId: ProductId = gid("Product", node.__parentId);
    const kind = resource(node.id);
    if (kind === "ProductVariant") {
      variants.push(readVariant(node as unknown as VariantNode, productId, context.currency));
    } else if (kind === "Collection") {
      memberships.push({ productId, collectionId: gid("Collection", node.id) });
    }
  }
  return { products, variants, memberships, own };
}

function parse(text: string): BulkNode {
  let node: unknown;
  try {
    node = JSON.parse(text);
  } catch {
    throw new BulkFileBroken("A line is no JSON");
  }
  if (typeof node !== "object" || node === null || typeof (node as BulkNode).id !== "string") {
    throw new BulkFileBroken("A line is no node");
  }
  return node as BulkNode;
}

/** "LineItem" of "gid://shopify/LineItem/7". */
function resource(id: string): string {
  return id.split("/")[3] ?? "";
}
