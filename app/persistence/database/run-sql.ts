import type { ShopStream, ShopTransaction } from "./in-shop.ts";

/** Runs one statement and says how many rows it touched: the same SQL serves webhooks and bulk files. */
export async function runSql(tx: ShopTransaction | ShopStream, sql: string, ...values: unknown[]): Promise<number> {
  if ("client" in tx) return (await tx.client.query(sql, values)).rowCount ?? 0;
  return tx.db.$executeRawUnsafe(sql, ...values);
}

/** Reads the rows of one query. Bigints are to be cast in the SQL: the two drivers differ in what they make of them. */
export async function selectSql<Row extends object>(
  tx: ShopTransaction | ShopStream,
  sql: string,
  ...values: unknown[]
): Promise<Row[]> {
  if ("client" in tx) return (await tx.client.query<Row>(sql, values)).rows;
  return tx.db.$queryRawUnsafe<Row[]>(sql, ...values);
}

/** The last of several rows of one id: a statement may touch a row only once. */
export function lastById<Row>(rows: readonly Row[], idOf: (row: Row) => string): Row[] {
  return [...new Map(rows.map((row) => [idOf(row), row])).values()];
}

/** ISO text of a time, for JSON rows. */
export const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
