import type { ClickHouse } from "./clickhouse.ts";
import { dayOf, keptDays } from "./event-days.ts";
import type { MovedEvents } from "./event-store.ts";

/** Events of one move: more wait only where no worker ran for a while. */
const MOVED_AT_ONCE = 20_000;
/** Pieces of one move. Statements list them, and ClickHouse takes statements of up to 256 kB. */
const PIECES_AT_ONCE = 1000;
/** A piece's name: a UUID and a number, which {@link listOf} writes into statements. */
const PIECE = /^[0-9a-f-]{36}\.\d+$/;

export const NOTHING_MOVED: MovedEvents = { moved: 0, repeated: 0, refused: 0, hasMore: false };

type Count = Exclude<keyof StagedPiece, "piece">;

interface StagedPiece {
  readonly piece: string;
  readonly events: number;
  /** Events of days that are no longer or not yet kept. */
  readonly refused: number;
  readonly exposures: number;
  readonly checkouts: number;
  readonly orders: number;
  /** Events that have a visit. */
  readonly visits: number;
}

/**
 * Moves some of the events that wait. To be called by one mover at a time.
 *
 * ClickHouse has no transaction of several statements, so each of them can run again: a move that was cut off is made once
 * more, perhaps with other pieces besides, and ends as if it had not been cut off. Pieces leave last, when all that follows
 * from them is stored.
 */
export async function moveStaged(clickhouse: ClickHouse, now: Date): Promise<MovedEvents> {
  const { first, last } = keptDays(now);
  const days = { first, last };
  const { pieces, hasMore } = await nextPieces(clickhouse, days);
  if (pieces.length === 0) return NOTHING_MOVED;
  const listed = listOf(pieces);
  const sumOf = (count: Count) => pieces.reduce((sum, piece) => sum + piece[count], 0);
  for (const { of, sql } of STEPS) {
    if (sumOf(of) > 0) await clickhouse.command(sql(listed), { ...days, today: dayOf(now.getTime()) });
  }
  const [counted] = await clickhouse.query<{ moved: number }>(MOVED(listed), days);
  await clickhouse.command(`DELETE FROM staged WHERE piece IN (${listed})`);
  const moved = counted!.moved;
  // Less than nothing where a deletion that was cut off had left a part.
  const repeated = Math.max(sumOf("events") - sumOf("refused") - moved, 0);
  return { moved, repeated, refused: sumOf("refused"), hasMore };
}

async function nextPieces(clickhouse: ClickHouse, days: { first: string; last: string }) {
  const waiting = await clickhouse.query<StagedPiece>(
    `SELECT piece, toFloat64(count()) AS events, toFloat64(countIf(NOT (${KEPT}))) AS refused,
       toFloat64(countIf(kind = 'exposed')) AS exposures, toFloat64(countIf(kind = 'checkout-started')) AS checkouts,
       toFloat64(countIf(kind = 'checkout-completed')) AS orders,
       toFloat64(countIf(device IS NOT NULL)) AS visits
     FROM staged GROUP BY piece ORDER BY piece LIMIT ${PIECES_AT_ONCE}`,
    days,
  );
  let events = 0;
  const tooMany = waiting.findIndex((piece) => (events += piece.events) > MOVED_AT_ONCE);
  const pieces = tooMany < 0 ? waiting : waiting.slice(0, Math.max(tooMany, 1));
  return { pieces, hasMore: pieces.length < waiting.length || waiting.length === PIECES_AT_ONCE };
}

function listOf(pieces: readonly StagedPiece[]): string {
  const strange = pieces.find(({ piece }) => !PIECE.test(piece));
  if (strange !== undefined) throw new Error("A piece of events has a name that was not given by the store");
  return pieces.map(({ piece }) => `'${piece}'`).join(",");
}

const KEPT = "toDate(at) BETWEEN {first:Date} AND {last:Date}";

/** Hours of shops in which something of the pieces happened. */
const HOURS = (pieces: string) =>
  `(shop, toStartOfHour(at)) IN (SELECT shop, toStartOfHour(at) FROM staged WHERE piece IN (${pieces}) AND ${KEPT})`;

const KEY = "shop, toStartOfHour(at), offer, surface, product, kind";
const VISIT_KEY = `shop, toStartOfHour(at), assumeNotNull(device), assumeNotNull(source), assumeNotNull(medium),
  assumeNotNull(campaign), kind`;

/** Statements that count hours from the single events that the condition is true of: all events of an hour's key, or none. */
export function countHours(where: string): { readonly all: string; readonly visits: string } {
  return {
    all: `
      INSERT INTO hourly (shop, hour, offer, surface, product, kind, events)
      SELECT ${KEY}, count() FROM events FINAL WHERE ${where} GROUP BY ${KEY}`,
    visits: `
      INSERT INTO visits_hourly (shop, hour, device, source, medium, campaign, kind, events)
      SELECT ${VISIT_KEY}, count() FROM events FINAL WHERE device IS NOT NULL AND ${where} GROUP BY ${VISIT_KEY}`,
  };
}

const MOVED = (pieces: string) =>
  `SELECT toFloat64(count()) AS moved FROM events FINAL WHERE ${HOURS(pieces)} AND piece IN (${pieces})`;

/** What is done with pieces where they hold any of what it is `of`. */
const STEPS: readonly { readonly of: Count; readonly sql: (pieces: string) => string }[] = [
  // Of an id of a shop and day the first one, unless there is one already.
  {
    of: "events",
    sql: (pieces) => `
    INSERT INTO events (shop, id, kind, at, visitor, offer, surface, product, device, source, medium, campaign, piece)
    SELECT shop, id, kind, at, visitor, offer, surface, product, device, source, medium, campaign, piece FROM staged
    WHERE piece IN (${pieces}) AND ${KEPT} AND (shop, toDate(at), id) NOT IN (
      SELECT shop, toDate(at), id FROM events
      WHERE (shop, toDate(at)) IN (SELECT shop, toDate(at) FROM staged WHERE piece IN (${pieces}))
        AND id IN (SELECT id FROM staged WHERE piece IN (${pieces}))
    ) ORDER BY staged_at, piece LIMIT 1 BY shop, toDate(at), id`,
  },
  // Counted again, rather than added: a count is the same however often it is made.
  {
    of: "events",
    sql: (pieces) =>
      countHours(`${HOURS(pieces)} AND (${KEY}) IN (SELECT ${KEY} FROM staged WHERE piece IN (${pieces}))`).all,
  },
  {
    of: "visits",
    sql: (pieces) => {
      const keys = `SELECT ${VISIT_KEY} FROM staged WHERE piece IN (${pieces}) AND device IS NOT NULL`;
      return countHours(`${HOURS(pieces)} AND (${VISIT_KEY}) IN (${keys})`).visits;
    },
  },
  {
    of: "exposures",
    sql: (pieces) => `
    INSERT INTO exposures (shop, experiment, visitor, arm, at)
    SELECT shop, assumeNotNull(experiment), visitor, assumeNotNull(arm), min(at) FROM staged
    WHERE piece IN (${pieces}) AND ${KEPT} AND kind = 'exposed' AND visitor <> ''
      AND experiment IS NOT NULL AND arm IS NOT NULL
    GROUP BY 1, 2, 3, 4`,
  },
  {
    of: "checkouts",
    sql: (pieces) => `
    INSERT INTO checkouts (shop, visitor, at)
    SELECT DISTINCT shop, visitor, at FROM staged
    WHERE piece IN (${pieces}) AND ${KEPT} AND kind = 'checkout-started' AND visitor <> ''`,
  },
  // The last of what is read: whoever finds an order finds what its visitor did before.
  {
    of: "orders",
    sql: (pieces) => `
    INSERT INTO order_visitors (shop, order_id, visitor, at)
    SELECT shop, assumeNotNull(order_id), visitor, at FROM staged
    WHERE piece IN (${pieces}) AND ${KEPT} AND kind = 'checkout-completed' AND visitor <> '' AND order_id IS NOT NULL
      AND (shop, assumeNotNull(order_id)) NOT IN (
        SELECT shop, order_id FROM order_visitors
        WHERE (shop, order_id) IN (SELECT shop, assumeNotNull(order_id) FROM staged WHERE piece IN (${pieces}))
      ) ORDER BY at, visitor LIMIT 1 BY shop, order_id`,
  },
  {
    of: "refused",
    sql: (pieces) => `
    INSERT INTO refused (shop, reason, piece, day, events)
    SELECT shop, if(toDate(at) < {first:Date}, 'ancient', 'future'), piece, {today:Date}, count() FROM staged
    WHERE piece IN (${pieces}) AND NOT (${KEPT}) GROUP BY 1, 2, 3`,
  },
];
