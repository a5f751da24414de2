import { parseCustomer } from "../../app/domain/publishing/published-customer.ts";
import { PATIENCE_MS } from "../patience.ts";
import { eventually } from "./eventually.ts";
import { priceOf, productsForSale } from "./shop-floor.ts";
import type { Story } from "./story.ts";

/** All customers are learnt and published before: on a busy machine that took longer than anything else is waited for. */
const LEARNT_WITHIN_MS = 4 * PATIENCE_MS;

/** A customer who buys a product repeatedly, as checkout reads it. */
export interface Regular {
  customerId: string;
  /** Title of the product, cheap enough beside what {@link dearProducts} cost. */
  title: string;
}

/** Variants of the dearest products: beside them anything small costs little enough to be suggested. */
export async function dearVariants(story: Story): Promise<number[]> {
  const dearest = (await productsForSale(story)).sort((a, b) => priceOf(b) - priceOf(a));
  return dearest.slice(0, 3).map(({ variants }) => variants[0]!.id);
}

/**
 * Waits until customers are published, and finds one whose strongest suggestion is something small that is for sale.
 */
export async function findRegular(story: Story): Promise<Regular> {
  const products = new Map((await productsForSale(story)).map((product) => [String(product.id), product]));
  const LARGEST_PRICE = 20;
  const look = async (): Promise<Regular | null> => {
    const { customers } = (await story.look("customers")) as { customers: { id: string; history: string | null }[] };
    for (const { id, history } of customers) {
      const [first] = parseCustomer(history)?.adds ?? [];
      const product = first?.again === true ? products.get(first.product) : undefined;
      if (product !== undefined && priceOf(product) < LARGEST_PRICE) return { customerId: id, title: product.title };
    }
    return null;
  };
  return (await eventually(look, (found) => found !== null, LEARNT_WITHIN_MS))!;
}
