import { bareNumber, gid, type ProductId } from "../../../domain/ids.ts";
import type { LearntCompanion, LearntList, PlacedBy } from "../../../domain/mining/lists/learnt-lists.ts";
import type { ShopStream, ShopTransaction, ShopSql } from "../../database/in-shop.ts";
import { runSql, selectSql } from "../../database/run-sql.ts";

/** The stored list of one product, best first. Ids are bare numbers. */
export type CompanionListRow = LearntList;

/** What few entries have, by the companion's id. */
type Notes = Record<
  string,
  Partial<Pick<LearntCompanion, "from" | "viewed" | "insteadOf" | "season" | "nearIdenticalTo">>
>;

const COLUMNS = `ranker, cart_ranker, recent_orders, companions, weights, placed_by, ranks, confidence_ranks,
  recent_together, notes`;
const NEW = COLUMNS.replaceAll(/\w+/g, "EXCLUDED.$&");
const OLD = COLUMNS.replaceAll(/\w+/g, "companion_lists.$&");

// A list that stays as it was is not written again: most of them do when lists are learnt after an order.
const SAVE = `
  INSERT INTO companion_lists (shop, product_id, ${COLUMNS})
  SELECT $1, c.product_id, c.ranker, c.cart_ranker, c.recent_orders, c.companions::bigint[], c.weights::float8[],
    c.placed_by::text[], c.ranks::int[], c.confidence_ranks::int[], c.recent_together::int[], c.notes
  FROM json_to_recordset($2::json) AS c(product_id bigint, ranker text, cart_ranker text, recent_orders int,
    companions text, weights text, placed_by text, ranks text, confidence_ranks text, recent_together text, notes jsonb)
  ON CONFLICT (shop, product_id) DO UPDATE SET (${COLUMNS}) = (${NEW})
  WHERE (${OLD}) IS DISTINCT FROM (${NEW})`;

/** Stores lists, those in place of older ones that differ. Says how many rows were written. */
export async function saveCompanionLists(tx: ShopSql, lists: readonly LearntList[]): Promise<number> {
  if (lists.length === 0) return 0;
  const rows = lists.map(({ item, ranker, cartRanker, recentOrders, companions }) => ({
    product_id: item,
    ranker,
    cart_ranker: cartRanker,
    recent_orders: recentOrders,
    companions: arrayText(companions, (companion) => companion.item),
    weights: arrayText(companions, (companion) => companion.weight),
    placed_by: arrayText(companions, (companion) => companion.placedBy),
    ranks: arrayText(companions, (companion) => companion.rank),
    confidence_ranks: arrayText(companions, (companion) => companion.confidenceRank ?? 0),
    recent_together: arrayText(companions, (companion) => companion.recentTogether),
    notes: notesOf(companions),
  }));
  return runSql(tx, SAVE, tx.shop, JSON.stringify(rows));
}

/** PostgreSQL's own text of an array: shorter than JSON, and quicker to read. */
function arrayText(
  companions: readonly LearntCompanion[],
  of: (companion: LearntCompanion) => string | number,
): string {
  return `{${companions.map(of).join(",")}}`;
}

function notesOf(companions: readonly LearntCompanion[]): Notes {
  const notes: Notes = {};
  for (const { item, from, viewed, insteadOf, season, nearIdenticalTo } of companions) {
    const note = {
      ...(from.length > 0 ? { from } : {}),
      ...(viewed === null ? {} : { viewed }),
      ...(insteadOf === null ? {} : { insteadOf }),
      ...(season === null ? {} : { season }),
      ...(nearIdenticalTo === null ? {} : { nearIdenticalTo }),
    };
    if (Object.keys(note).length > 0) notes[item] = note;
  }
  return notes;
}

export async function deleteCompanionLists(tx: ShopSql): Promise<void> {
  await runSql(tx, "DELETE FROM companion_lists WHERE shop = $1", tx.shop);
}

/** Deletes every list but those of these products, which are bare numbers. Says how many went. */
export function deleteCompanionListsExcept(tx: ShopSql, kept: readonly string[]): Promise<number> {
  const text = `{${kept.join(",")}}`;
  return runSql(
    tx,
    "DELETE FROM companion_lists WHERE shop = $1 AND product_id NOT IN (SELECT unnest($2::text::bigint[]))",
    tx.shop,
    text,
  );
}

/** A row of {@link READ}: arrays as plain texts, which the driver reads in a fraction of the time. */
interface ListText {
  readonly item: string;
  readonly ranker: string;
  readonly cartRanker: string;
  readonly recentOrders: number;
  readonly companions: string;
  readonly weights: string;
  readonly placedBy: string;
  readonly ranks: string;
  readonly confidenceRanks: string;
  readonly recentTogether: string;
  readonly notes: Notes;
}

const READ = `
  SELECT product_id::text AS item, ranker, cart_ranker AS "cartRanker", recent_orders AS "recentOrders",
    array_to_string(companions, ',') AS companions, array_to_string(weights, ',') AS weights,
    array_to_string(placed_by, ',') AS "placedBy", array_to_string(ranks, ',') AS ranks,
    array_to_string(confidence_ranks, ',') AS "confidenceRanks",
    array_to_string(recent_together, ',') AS "recentTogether", notes
  FROM companion_lists WHERE shop = $1`;

/** The lists of some products, or of all. */
export async function readCompanionLists(
  tx: ShopTransaction,
  products?: readonly ProductId[],
): Promise<Map<ProductId, CompanionListRow>> {
  const rows =
    products === undefined
      ? await selectSql<ListText>(tx, READ, tx.shop)
      : await selectSql<ListText>(
          tx,
          `${READ} AND product_id IN (SELECT unnest($2::text::bigint[]))`,
          ...[tx.shop, `{${products.map(bareNumber).join(",")}}`],
        );
  return new Map(rows.map((row) => [gid("Product", row.item), companionList(row)]));
}

function companionList({ notes, item, ranker, cartRanker, recentOrders, ...texts }: ListText): CompanionListRow {
  const weights = texts.weights.split(",");
  const placedBy = texts.placedBy.split(",");
  const ranks = texts.ranks.split(",");
  const confidenceRanks = texts.confidenceRanks.split(",");
  const recentTogether = texts.recentTogether.split(",");
  const ids = texts.companions === "" ? [] : texts.companions.split(",");
  // Of most lists nothing is noted, and looking it up for each companion would take as long as all else.
  const hasNotes = Object.keys(notes).length > 0;
  const companions = ids.map((id, place): LearntCompanion => {
    const note = hasNotes ? notes[id] : undefined;
    return {
      item: id,
      weight: Number(weights[place]!),
      placedBy: (placedBy[place] || "page") as PlacedBy,
      rank: Number(ranks[place] || place + 1),
      confidenceRank: Number(confidenceRanks[place] || 0) || null,
      recentTogether: Number(recentTogether[place] || 0),
      from: note?.from ?? [],
      viewed: note?.viewed ?? null,
      insteadOf: note?.insteadOf ?? null,
      season: note?.season ?? null,
      nearIdenticalTo: note?.nearIdenticalTo ?? null,
    };
  });
  return { item, ranker, cartRanker, recentOrders, companions };
}

/**
 * Every product that is considered for some others, and these: what their lists and those of segments hold, what
 * people chose for them, and the similar products that companions are taken from.
 */
export async function readConsideredIds(tx: ShopTransaction, products: readonly ProductId[]): Promise<ProductId[]> {
  const rows = await selectSql<{ id: string }>(
    tx,
    `WITH own AS (SELECT unnest($2::text::bigint[]) AS id)
     SELECT id::text AS id FROM own
     UNION SELECT unnest(companions)::text FROM companion_lists WHERE shop = $1 AND product_id IN (SELECT id FROM own)
     UNION SELECT unnest(companions)::text FROM segment_lists WHERE shop = $1 AND product_id IN (SELECT id FROM own)
     UNION SELECT companion_id::text FROM choices WHERE shop = $1 AND trigger_id IN (SELECT id FROM own)
     UNION SELECT jsonb_path_query(notes, '$.*.from[*].item') #>> '{}' FROM companion_lists
       WHERE shop = $1 AND product_id IN (SELECT id FROM own)`,
    ...[tx.shop, `{${products.map(bareNumber).join(",")}}`],
  );
  return rows.map(({ id }) => gid("Product", id));
}

/** Trigger -> companions that its lists hold, those of segments among them. Ids are bare numbers. */
export async function readListedPairs(tx: ShopStream): Promise<Map<string, Set<string>>> {
  const rows = await selectSql<{ id: string; companions: string }>(
    tx,
    `SELECT product_id::text AS id, string_agg(array_to_string(companions, ','), ',') AS companions FROM (
       SELECT product_id, companions FROM companion_lists WHERE shop = $1
       UNION ALL SELECT product_id, companions FROM segment_lists WHERE shop = $1
     ) AS one GROUP BY 1`,
    tx.shop,
  );
  return new Map(rows.map(({ id, companions }) => [id, new Set(companions.split(","))]));
}
