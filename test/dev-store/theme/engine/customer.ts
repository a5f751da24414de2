import { toHundredths } from "../../../../app/domain/money/hundredths.ts";
import { customerById } from "../../storefront/customers.ts";
import { metafieldsObject, withJson } from "./objects.ts";
import type { PageScope } from "./page-scope.ts";

/** The customer who is logged in, as themes and app blocks see them. Amounts are hundredths of the shop's currency. */
export function customerObject(scope: PageScope, id: string): object {
  const { context } = scope;
  const { firstName, lastName, email, orders, business, tags } = customerById(context.shop, id);
  const spent = orders.flatMap(({ lines }) => lines.map((line) => line.unitPriceMinor * line.currentQuantity));
  const amountMinor = spent.reduce((sum, amount) => sum + amount, 0);
  return withJson(
    {
      id: Number(id),
      first_name: firstName,
      last_name: lastName,
      name: `${firstName} ${lastName}`,
      email,
      has_account: true,
      orders_count: orders.length,
      "b2b?": business,
      total_spent: toHundredths({ amountMinor, currency: context.shop.currency }),
      tags: [...tags],
      get metafields() {
        return metafieldsObject(scope, "Customer/", id);
      },
    },
    () => ({ error: "json not allowed for this object" }),
  );
}
