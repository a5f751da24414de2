import { bareNumber, type BareId, type ProductId } from "../../domain/ids.ts";
import type { PromisedCredit } from "../../domain/offers/promised-credits.ts";
import { readCreditTerms } from "../../domain/store-credit/terms.ts";
import type { CreditPromise } from "../../domain/store-credit/whole-set.ts";
import type { ShopSql, ShopTransaction } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";
import { shopStays } from "../shop/shops.ts";

/** What a product promises from now on; nothing where that has ended. */
export interface PromisesOfProduct {
  readonly product: ProductId;
  readonly promised: readonly PromisedCredit[];
}

interface PromiseRow {
  readonly id: string;
  readonly offerNumber: number;
  readonly product: string;
  readonly companions: string[];
  readonly terms: unknown;
  readonly since: number;
  readonly until: number | null;
}

const READ = `
  SELECT id::text, offer_number AS "offerNumber", product_id::text AS product, companions::text[], terms,
    (extract(epoch FROM since) * 1000)::float8 AS since, (extract(epoch FROM until) * 1000)::float8 AS until
  FROM credit_promises WHERE shop = $1 AND product_id = ANY($2::text[]::bigint[])`;

/** Everything that was ever promised with these products. */
export async function readPromises(tx: ShopSql, products: readonly BareId[]): Promise<CreditPromise[]> {
  if (products.length === 0) return [];
  return (await selectSql<PromiseRow>(tx, READ, tx.shop, products)).flatMap((row) => {
    const terms = readCreditTerms(row.terms);
    return terms === null ? [] : [{ ...row, terms }];
  });
}

const END = `UPDATE credit_promises SET until = $3::timestamptz WHERE shop = $1 AND id = ANY($2::text[]::bigint[])`;

const BEGIN = `
  INSERT INTO credit_promises (shop, offer_number, product_id, companions, terms, since)
  SELECT $1, p."offerNumber", p.product, p.companions::bigint[], p.terms, $3::timestamptz
  FROM json_to_recordset($2::json) AS p("offerNumber" int, product bigint, companions text, terms jsonb)`;

/** Notes what Shopify was given: what is promised no more ends, and what is new begins. Of a shop that left nothing is noted. */
export async function recordPromises(
  tx: ShopTransaction,
  products: readonly PromisesOfProduct[],
  at: Date,
): Promise<void> {
  if (products.length === 0) return;
  const numbers = products.map(({ product }) => bareNumber(product));
  const open = (await selectSql<PromiseRow>(tx, `${READ} AND until IS NULL`, tx.shop, numbers)).map((row) => ({
    ...{ id: row.id, text: textOf({ ...row, terms: readCreditTerms(row.terms) }) },
  }));
  const promised = products.flatMap((one) => one.promised.map((each) => ({ each, text: textOf(each) })));
  const wanted = new Set(promised.map(({ text }) => text));
  const known = new Set(open.map(({ text }) => text));
  const ended = open.filter(({ text }) => !wanted.has(text)).map(({ id }) => id);
  const begun = promised.filter(({ text }) => !known.has(text)).map(({ each }) => each);
  if (ended.length + begun.length === 0 || !(await shopStays(tx))) return;
  await runSql(tx, END, tx.shop, ended, at.toISOString());
  const rows = begun.map((one) => ({ ...one, companions: `{${one.companions.join()}}` }));
  await runSql(tx, BEGIN, tx.shop, JSON.stringify(rows), at.toISOString());
}

function textOf(promise: Omit<PromisedCredit, "terms"> & { readonly terms: unknown }): string {
  const { offerNumber, product, companions, terms } = promise;
  return JSON.stringify([offerNumber, product, companions, terms]);
}
