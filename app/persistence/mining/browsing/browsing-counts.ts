import type { BrowsedPairOfDays, BrowsedProduct } from "../../../domain/mining/browsing/browsing-chance.ts";
import type { BrowsingCounts } from "../../../domain/mining/browsing/browsing-lists.ts";
import type { BrowsedDay } from "../../../domain/mining/selection/choose-browsing.ts";
import { DAY_MS } from "../../../domain/time/day.ts";
import type { ShopSql } from "../../database/in-shop.ts";
import { selectSql } from "../../database/run-sql.ts";

/** Companions read of each product, those met most often: as many as a list has. */
const MOST_COMPANIONS = 50;
/** What one visitor did says nothing about others. */
const LEAST_MET = 2;

/** The days that had visits, the first one first. */
export async function readBrowsedDays(tx: ShopSql): Promise<BrowsedDay[]> {
  const rows = await selectSql<{ day: Date; visits: number }>(
    tx,
    "SELECT day, visits FROM browsing_days WHERE shop = $1 AND visits > 0 ORDER BY browsing_days.day",
    tx.shop,
  );
  return rows.map(({ day, visits }) => ({ day: day.getTime(), visits }));
}

/** The counts of these days together: all of them, or of those before a time. `days` are what `readBrowsedDays` gave. */
export async function readBrowsing(
  tx: ShopSql,
  days: readonly BrowsedDay[],
  before: number = Infinity,
): Promise<BrowsingCounts> {
  const read = days.filter(({ day }) => day < before);
  const visits = read.reduce((sum, day) => sum + day.visits, 0);
  const from = read[0]?.day ?? 0;
  const to = read.length === 0 ? from : read.at(-1)!.day + DAY_MS;
  const period = [tx.shop, new Date(from), new Date(to)];
  const products = await selectSql<{ product: string; viewers: number; buyers: number } & Record<Column, string>>(
    tx,
    `SELECT product_id::text AS product, sum(viewers)::int AS viewers, sum(buyers)::int AS buyers,
       string_agg((extract(epoch FROM day - $2::timestamptz) / 86400)::int::text, ',' ORDER BY day) AS days,
       string_agg(pairs::text, ',' ORDER BY day) AS pairs, string_agg(bought_after::text, ',' ORDER BY day) AS after,
       string_agg(bought_as::text, ',' ORDER BY day) AS "as"
     FROM browsing_products WHERE shop = $1 AND day >= $2::timestamptz AND day < $3::timestamptz
     GROUP BY product_id ORDER BY browsing_products.product_id`,
    ...period,
  );
  const pairs = await selectSql<BrowsedPairOfDays>(
    tx,
    `SELECT product_id::text AS product, companion::text AS companion, viewed, bought AS "thenBought" FROM (
       SELECT product_id, c.companion, sum(c.viewed)::int AS viewed, sum(c.bought)::int AS bought,
         row_number() OVER (PARTITION BY product_id ORDER BY sum(c.viewed) + sum(c.bought) DESC, c.companion) AS place
       FROM browsing_products, unnest(companions, browsing_products.viewed, then_bought) AS c(companion, viewed, bought)
       WHERE shop = $1 AND day >= $2::timestamptz AND day < $3::timestamptz
       GROUP BY product_id, c.companion HAVING sum(c.viewed) + sum(c.bought) >= $4
     ) AS summed WHERE place <= $5 ORDER BY product_id, summed.companion`,
    ...[...period, LEAST_MET, MOST_COMPANIONS],
  );
  return { from, to, visits, products: products.map(browsedProduct), pairs };
}

type Column = "days" | "pairs" | "after" | "as";

function browsedProduct(
  row: { product: string; viewers: number; buyers: number } & Record<Column, string>,
): BrowsedProduct {
  const numbers = (column: Column) => row[column].split(",").map(Number);
  return {
    ...{ product: row.product, viewers: row.viewers, buyers: row.buyers },
    ...{ days: numbers("days"), pairs: numbers("pairs"), boughtAfter: numbers("after"), boughtAs: numbers("as") },
  };
}
