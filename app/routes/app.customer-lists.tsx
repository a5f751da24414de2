import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { CUSTOMER_LISTS, LIST_ORDERS, type ListOrder } from "../views/customers-view.ts";
import { readAllDue, readCustomerList } from "../flows/customers/read-customer-list.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import { loadOr } from "../ui/kit/load-or.ts";

export const clientLoader = loadOr({ list: null, due: null, failed: true });

const LONGEST_SEARCH = 200;
const LAST_PAGE = 1_000_000;
const ORDERS = [...new Set<ListOrder>(Object.values(LIST_ORDERS).flat())];

// What makes no sense is taken for what is usual.
const query = z.object({
  list: z.enum(CUSTOMER_LISTS).catch("due"),
  q: z.string().max(LONGEST_SEARCH).catch(""),
  order: z.enum(ORDERS).nullable().catch(null),
  page: z.coerce.number().int().min(1).max(LAST_PAGE).catch(1),
});

/** One page of a list of the customers page; with `all`, all customers who are due, for a file. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await shopOfPart(request, context, "/app/customers");
  const { searchParams } = new URL(request.url);
  if (searchParams.has("all")) return { list: null, due: await readAllDue(shop, context.flows), failed: false };
  const { list, q: search, order, page } = query.parse(Object.fromEntries(searchParams));
  return { list: await readCustomerList(shop, list, { search, order, page }, context.flows), due: null, failed: false };
}
