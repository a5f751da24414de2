import { promisedMinor } from "../../domain/store-credit/promised.ts";
import { readCreditTerms } from "../../domain/store-credit/terms.ts";
import type { ShopSql } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

const GIVEN = `
  SELECT offer_number AS "offerNumber", currency, sum(credited_minor - taken_back_minor)::float8 AS minor
  FROM store_credits WHERE shop = $1 AND offer_number = ANY($2::int[]) GROUP BY 1, 2`;

const WAITING = `
  SELECT offer_number AS "offerNumber", terms, set_minor::float8 AS "setMinor", set_currency AS "setCurrency", currency
  FROM store_credits
  WHERE shop = $1 AND offer_number = ANY($2::int[]) AND credited_minor = 0 AND next_at IS NOT NULL`;

interface Given {
  readonly offerNumber: number;
  readonly currency: string;
  readonly minor: number;
}

interface Waiting {
  readonly offerNumber: number;
  readonly terms: unknown;
  readonly setMinor: number;
  readonly setCurrency: string;
  readonly currency: string;
}

/** What offers have given and still have to give, in minor units by currency, by the offers' numbers. */
export async function promisedByOffers(
  tx: ShopSql,
  numbers: readonly number[],
): Promise<Map<number, Map<string, number>>> {
  const given = await selectSql<Given>(tx, GIVEN, tx.shop, numbers);
  const waiting = await selectSql<Waiting>(tx, WAITING, tx.shop, numbers);
  const owed = waiting.map((row) => ({ ...row, minor: promisedMinor({ ...row, terms: readCreditTerms(row.terms) }) }));
  const sums = new Map<number, Map<string, number>>(numbers.map((number) => [number, new Map()]));
  for (const { offerNumber, currency, minor } of [...given, ...owed]) {
    const ofOffer = sums.get(offerNumber)!;
    ofOffer.set(currency, (ofOffer.get(currency) ?? 0) + minor);
  }
  return sums;
}
