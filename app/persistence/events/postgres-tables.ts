import type pg from "pg";

/**
 * The tables of events, in a schema of their own: the database may be one of their own, so they are not among the
 * migrations of the main one. Each entry is run once, in its order; one that was released is never edited.
 */
const MIGRATIONS: readonly { readonly name: string; readonly sql: string }[] = [
  {
    name: "001_events",
    sql: `
      -- The role that sees one shop (also of the main database), and the one that moves events of all shops.
      DO $$ BEGIN CREATE ROLE tsuide_tenant NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
      DO $$ BEGIN CREATE ROLE tsuide_event_mover NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
      GRANT tsuide_tenant, tsuide_event_mover TO CURRENT_USER;
      GRANT USAGE ON SCHEMA events TO tsuide_tenant, tsuide_event_mover;

      -- What came and was not moved yet. Without a log and without indexes, so that writing costs least: a crash of
      -- PostgreSQL itself empties it. Rows come and go quickly, so dead ones are cleared by their number.
      CREATE UNLOGGED TABLE events.staged (
        shop TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, at TIMESTAMPTZ(3) NOT NULL, visitor TEXT NOT NULL,
        offer INT NOT NULL, surface TEXT NOT NULL, product BIGINT NOT NULL
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_analyze_threshold = 2000000000);
      GRANT SELECT, DELETE ON events.staged TO tsuide_event_mover;

      -- Single events. The day is that of the event itself (UTC), so that one sent twice meets itself.
      CREATE TABLE events.events (
        day DATE NOT NULL, shop TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, kind TEXT NOT NULL,
        at TIMESTAMPTZ(3) NOT NULL, visitor TEXT NOT NULL, offer INT NOT NULL, surface TEXT NOT NULL,
        product BIGINT NOT NULL, PRIMARY KEY (day, shop, id)
      ) PARTITION BY RANGE (day);

      CREATE TABLE events.hourly (
        shop TEXT COLLATE "C" NOT NULL, hour TIMESTAMPTZ(0) NOT NULL, offer INT NOT NULL, surface TEXT COLLATE "C" NOT NULL,
        product BIGINT NOT NULL, kind TEXT COLLATE "C" NOT NULL, events BIGINT NOT NULL,
        PRIMARY KEY (shop, hour, offer, surface, product, kind)
      ) WITH (fillfactor = 70);

      CREATE TABLE events.refused (
        shop TEXT COLLATE "C" NOT NULL, day DATE NOT NULL, reason TEXT NOT NULL, events BIGINT NOT NULL,
        PRIMARY KEY (shop, day, reason)
      );

      DO $$
      DECLARE name TEXT;
      BEGIN
        FOREACH name IN ARRAY ARRAY['events', 'hourly', 'refused'] LOOP
          EXECUTE format('ALTER TABLE events.%I ENABLE ROW LEVEL SECURITY', name);
          EXECUTE format('ALTER TABLE events.%I FORCE ROW LEVEL SECURITY', name);
          EXECUTE format(
            'CREATE POLICY %I ON events.%I TO tsuide_tenant USING (shop = current_setting(''tsuide.shop'', true))
             WITH CHECK (shop = current_setting(''tsuide.shop'', true))', name || '_of_one_shop', name);
          EXECUTE format('GRANT SELECT, DELETE ON events.%I TO tsuide_tenant', name);
          EXECUTE format('CREATE POLICY %I ON events.%I TO tsuide_event_mover USING (true) WITH CHECK (true)',
            name || '_moved', name);
          EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON events.%I TO tsuide_event_mover', name);
        END LOOP;
      END $$;`,
  },
  {
    name: "002_units",
    sql: `
      ALTER TABLE events.staged ADD experiment INT, ADD arm INT, ADD order_id BIGINT;

      -- When a visitor was first shown an arm of an experiment.
      CREATE TABLE events.exposures (
        shop TEXT COLLATE "C" NOT NULL, experiment INT NOT NULL, visitor TEXT COLLATE "C" NOT NULL, arm INT NOT NULL,
        at TIMESTAMPTZ(3) NOT NULL, PRIMARY KEY (shop, experiment, visitor, arm)
      );

      -- When a visitor started checkouts. Single events are gone long before an experiment ends.
      CREATE TABLE events.checkouts (
        shop TEXT COLLATE "C" NOT NULL, visitor TEXT COLLATE "C" NOT NULL, at TIMESTAMPTZ(3) NOT NULL,
        PRIMARY KEY (shop, visitor, at)
      );

      -- Which visitor made an order. The first one that said so: an order is completed in one browser.
      CREATE TABLE events.order_visitors (
        shop TEXT COLLATE "C" NOT NULL, order_id BIGINT NOT NULL, visitor TEXT COLLATE "C" NOT NULL,
        at TIMESTAMPTZ(3) NOT NULL, PRIMARY KEY (shop, order_id)
      );
      CREATE INDEX ON events.order_visitors (shop, visitor);

      DO $$
      DECLARE name TEXT;
      BEGIN
        FOREACH name IN ARRAY ARRAY['exposures', 'checkouts', 'order_visitors'] LOOP
          EXECUTE format('ALTER TABLE events.%I ENABLE ROW LEVEL SECURITY', name);
          EXECUTE format('ALTER TABLE events.%I FORCE ROW LEVEL SECURITY', name);
          EXECUTE format(
            'CREATE POLICY %I ON events.%I TO tsuide_tenant USING (shop = current_setting(''tsuide.shop'', true))
             WITH CHECK (shop = current_setting(''tsuide.shop'', true))', name || '_of_one_shop', name);
          EXECUTE format('GRANT SELECT, DELETE ON events.%I TO tsuide_tenant', name);
          EXECUTE format('CREATE POLICY %I ON events.%I TO tsuide_event_mover USING (true) WITH CHECK (true)',
            name || '_moved', name);
          EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON events.%I TO tsuide_event_mover', name);
        END LOOP;
      END $$;`,
  },
  {
    name: "003_orders_by_time",
    sql: "CREATE INDEX ON events.order_visitors (shop, at, order_id);",
  },
  {
    name: "004_visits",
    sql: `
      -- The visit that an event began or was part of; null for events without one.
      ALTER TABLE events.staged ADD device TEXT, ADD source TEXT, ADD medium TEXT, ADD campaign TEXT;
      ALTER TABLE events.events ADD device TEXT, ADD source TEXT, ADD medium TEXT, ADD campaign TEXT;

      -- Totals of events that have a visit, by what is known of it.
      CREATE TABLE events.visits_hourly (
        shop TEXT COLLATE "C" NOT NULL, hour TIMESTAMPTZ(0) NOT NULL, device TEXT COLLATE "C" NOT NULL,
        source TEXT COLLATE "C" NOT NULL, medium TEXT COLLATE "C" NOT NULL, campaign TEXT COLLATE "C" NOT NULL,
        kind TEXT COLLATE "C" NOT NULL, events BIGINT NOT NULL,
        PRIMARY KEY (shop, hour, device, source, medium, campaign, kind)
      ) WITH (fillfactor = 70);
      ALTER TABLE events.visits_hourly ENABLE ROW LEVEL SECURITY;
      ALTER TABLE events.visits_hourly FORCE ROW LEVEL SECURITY;
      CREATE POLICY visits_hourly_of_one_shop ON events.visits_hourly TO tsuide_tenant
        USING (shop = current_setting('tsuide.shop', true)) WITH CHECK (shop = current_setting('tsuide.shop', true));
      GRANT SELECT, DELETE ON events.visits_hourly TO tsuide_tenant;
      CREATE POLICY visits_hourly_moved ON events.visits_hourly TO tsuide_event_mover USING (true) WITH CHECK (true);
      GRANT SELECT, INSERT, UPDATE, DELETE ON events.visits_hourly TO tsuide_event_mover;`,
  },
];

/** Brings the tables up to date. Several programs may call it at once. */
export async function migrateEvents(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('tsuide.events.migrate', 0))");
    await client.query("CREATE SCHEMA IF NOT EXISTS events");
    await client.query(
      "CREATE TABLE IF NOT EXISTS events.migrations (name TEXT PRIMARY KEY, ran_at TIMESTAMPTZ NOT NULL)",
    );
    const { rows } = await client.query<{ name: string }>("SELECT name FROM events.migrations");
    const done = new Set(rows.map(({ name }) => name));
    for (const { name, sql } of MIGRATIONS.filter((migration) => !done.has(migration.name))) {
      await client.query(sql);
      await client.query("INSERT INTO events.migrations VALUES ($1, now())", [name]);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
