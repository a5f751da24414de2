/**
 * Moves events out of the staging table. $1: how many at most; $2 and $3: the first and the last day that is kept; $4:
 * today. One statement: an event leaves the staging table if and only if it is stored and counted. A moved event of an
 * order or of an arm that is known already changes nothing but the time, which becomes the earliest.
 */
export const MOVE = `
  WITH taken AS (
    DELETE FROM events.staged WHERE ctid = ANY (ARRAY(SELECT ctid FROM events.staged LIMIT $1)) RETURNING *
  ), dated AS (
    SELECT *, (at AT TIME ZONE 'UTC')::date AS day FROM taken
  ), kept AS (
    SELECT * FROM dated WHERE day BETWEEN $2::date AND $3::date
  ), stored AS (
    INSERT INTO events.events (day, shop, id, kind, at, visitor, offer, surface, product, device, source, medium, campaign)
    SELECT day, shop, id, kind, at, visitor, offer, surface, product, device, source, medium, campaign FROM kept
    ON CONFLICT DO NOTHING
    RETURNING shop, at, offer, surface, product, kind, device, source, medium, campaign
  ), totalled AS (
    INSERT INTO events.hourly AS t (shop, hour, offer, surface, product, kind, events)
    SELECT shop, date_trunc('hour', at, 'UTC'), offer, surface, product, kind, count(*) FROM stored
    GROUP BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (shop, hour, offer, surface, product, kind) DO UPDATE SET events = t.events + EXCLUDED.events
  ), visited AS (
    INSERT INTO events.visits_hourly AS t (shop, hour, device, source, medium, campaign, kind, events)
    SELECT shop, date_trunc('hour', at, 'UTC'), device, source, medium, campaign, kind, count(*) FROM stored
    WHERE device IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (shop, hour, device, source, medium, campaign, kind) DO UPDATE SET events = t.events + EXCLUDED.events
  ), exposed AS (
    INSERT INTO events.exposures AS e (shop, experiment, visitor, arm, at)
    SELECT shop, experiment, visitor, arm, min(at) FROM kept
    WHERE kind = 'exposed' AND experiment IS NOT NULL AND arm IS NOT NULL AND visitor <> '' GROUP BY 1, 2, 3, 4
    ON CONFLICT (shop, experiment, visitor, arm) DO UPDATE SET at = EXCLUDED.at WHERE e.at > EXCLUDED.at
  ), started AS (
    INSERT INTO events.checkouts (shop, visitor, at)
    SELECT DISTINCT shop, visitor, at FROM kept WHERE kind = 'checkout-started' AND visitor <> ''
    ON CONFLICT DO NOTHING
  ), ordered AS (
    INSERT INTO events.order_visitors (shop, order_id, visitor, at)
    SELECT DISTINCT ON (shop, order_id) shop, order_id, visitor, at FROM kept
    WHERE kind = 'checkout-completed' AND order_id IS NOT NULL AND visitor <> '' ORDER BY shop, order_id, at, visitor
    ON CONFLICT DO NOTHING
  ), refused AS (
    INSERT INTO events.refused AS r (shop, day, reason, events)
    SELECT shop, $4::date, CASE WHEN day < $2::date THEN 'ancient' ELSE 'future' END, count(*) FROM dated
    WHERE day NOT BETWEEN $2::date AND $3::date GROUP BY 1, 2, 3
    ON CONFLICT (shop, day, reason) DO UPDATE SET events = r.events + EXCLUDED.events
  )
  SELECT (SELECT count(*) FROM taken)::int AS taken, (SELECT count(*) FROM stored)::int AS stored,
    (SELECT count(*) FROM dated WHERE day NOT BETWEEN $2::date AND $3::date)::int AS refused`;
