import type { Database } from "./database.ts";

/** Tables that an import fills. */
const TABLES = "products, variants, collection_members, orders, order_lines, order_sales, sales_totals";

/** Of fewer rows PostgreSQL need not know anything. */
const FEWEST = 1_000;
/** Rows are counted again once there are so many times as many as when they were last counted. */
const GROWTH = 4;

/**
 * Tells PostgreSQL what an import has stored while it goes on. The planner learns of new rows about a minute after they
 * came: until then it expects a row or two of a shop, and goes through all that the shop has for each part that is stored.
 */
export class ImportStatistics {
  readonly #database: Database;
  #stored = 0;
  #counted = FEWEST / GROWTH;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Call it after each part, outside the part's transaction, with the number of rows that it stored. */
  async stored(rows: number): Promise<void> {
    this.#stored += rows;
    if (this.#stored < this.#counted * GROWTH) return;
    await this.#database.pool.query(`ANALYZE ${TABLES}`);
    this.#counted = this.#stored;
  }
}
