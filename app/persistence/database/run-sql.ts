import type { ShopSql } from "./in-shop.ts";

/** Runs one statement; gives the number of rows that it touched. */
export function runSql(tx: ShopSql, sql: string, ...values: unknown[]): Promise<number> {
  return tx.run(sql, values);
}

/** Reads the rows of one query. */
export function selectSql<Row extends object>(tx: ShopSql, sql: string, ...values: unknown[]): Promise<Row[]> {
  return tx.select<Row>(sql, values);
}

/** The last of several rows of one id: a statement may touch a row only once. */
export function lastById<Row>(rows: readonly Row[], idOf: (row: Row) => string): Row[] {
  return [...new Map(rows.map((row) => [idOf(row), row])).values()];
}

/** ISO text of a time, for JSON rows. */
export const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
