import type { ShopDomain } from "../../domain/ids.ts";
import { suggestionOf, type StoredSuggestion } from "../../persistence/publishing/customer-suggestions.ts";
import { answersOfCustomer, type AnswerOfOrder } from "../../persistence/measurement/answers.ts";
import { touchesOfCustomer, type TouchOfOrder } from "../../persistence/measurement/order-visits.ts";
import { type AnnouncedDueOfCustomer, duesOfCustomer } from "../../persistence/customers/announced-dues.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import {
  listingsOfCustomer,
  ordersOfCustomer,
  recordRedaction,
  type CustomerListing,
  type CustomerOrder,
} from "../../persistence/customers/redactions.ts";
import { creditsOfCustomer } from "../../persistence/store-credit/credit-records.ts";
import { saveDataRequest } from "../../persistence/customers/data-requests.ts";
import { customerKey } from "../../shopify/readers/read-nodes.ts";
import type { FlowContext } from "../context.ts";
import { customerCredit, type CustomerCredit } from "./customer-credit.ts";
import { reportDataRequests } from "./data-requests.ts";
import { hashOfShop } from "./shop-hash.ts";

/** Everything that is stored about one customer. */
export interface CustomerData {
  /** The only thing that stands for the customer here. */
  readonly pseudonym: string;
  readonly orders: readonly CustomerOrder[];
  /** What was learnt from these orders, where the customer is in one of the short lists that staff see. */
  readonly listings: readonly CustomerListing[];
  /** What these orders add to what the customer is suggested; null where nothing is. */
  readonly suggestion: StoredSuggestion | null;
  /** What was chosen on the thank-you pages of these orders. */
  readonly answers: readonly AnswerOfOrder[];
  /** What was done with offers before these orders, in browsers that allowed analytics. */
  readonly touches: readonly TouchOfOrder[];
  /** The store credit that these orders earn, and each credit and debit of it. */
  readonly credits: readonly CustomerCredit[];
  /** For which purchases it was announced to Shopify Flow that the customer is due to buy again. */
  readonly announced: readonly AnnouncedDueOfCustomer[];
}

/**
 * Gathers what is stored about a customer, puts it where staff find it (and notifies them), and files that it was
 * asked for. What there is, the merchant's own orders hold as well or say: numbers and times, under a pseudonym.
 */
export async function exportCustomerData(
  shop: ShopDomain,
  request: { customerId: string; requestId?: string | null },
  context: FlowContext,
): Promise<CustomerData> {
  const pseudonym = customerKey(context.hashKey, shop, request.customerId);
  const { orders, ...learnt } = await inShop(context.database, shop, async (tx) => ({
    orders: await ordersOfCustomer(tx, pseudonym),
    answers: await answersOfCustomer(tx, pseudonym),
    touches: await touchesOfCustomer(tx, pseudonym),
    announced: await duesOfCustomer(tx, pseudonym),
    listings: await listingsOfCustomer(tx, pseudonym),
    suggestion: await suggestionOf(tx, pseudonym),
    credits: (await creditsOfCustomer(tx, pseudonym)).map(customerCredit),
  }));
  const data: CustomerData = { pseudonym, orders, ...learnt };
  const now = context.now();
  await inShop(context.database, shop, async (tx) => {
    // A request without a number of its own is identified by its customer.
    const requestId = request.requestId ?? pseudonym;
    await saveDataRequest(tx, { requestId, requestedAt: now, data });
    await reportDataRequests(tx, now);
  });
  const shopHash = hashOfShop(shop, context.hashKey);
  await recordRedaction(context.database, {
    shopHash,
    kind: "data-request",
    rows: orders.length,
    doneAt: now,
  });
  context.log.info({ shop, orders: orders.length }, "customer data gathered");
  return data;
}
