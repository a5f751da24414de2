import { ClickHouseError, ClickHouseLogLevel, createClient } from "@clickhouse/client";

/** Values of a statement's `{name:Type}`. Times are passed as milliseconds since 1970 UTC. */
export type Parameters = Readonly<
  Record<string, string | number | readonly string[] | readonly number[] | readonly bigint[]>
>;

/** What the store of events asks of ClickHouse. Statements reach it as they stand; values only as parameters. */
export interface ClickHouse {
  /**
   * Adds rows to a table, all or none; durable once it resolves. The server may put rows of several calls into one part:
   * ClickHouse wants few large parts.
   */
  insert(table: string, rows: readonly object[]): Promise<void>;
  /** Runs a statement without a result, to its end. */
  command(sql: string, parameters?: Parameters): Promise<void>;
  query<Row>(sql: string, parameters?: Parameters): Promise<Row[]>;
  /** The rows of a query in batches of at most `atOnce`, while they come. A reader may leave early. */
  stream<Row>(sql: string, parameters: Parameters, atOnce: number): AsyncGenerator<Row[]>;
  close(): Promise<void>;
}

/** A statement that ClickHouse did not run, or an answer that did not come. Its message names no password. */
export class ClickHouseFailure extends Error {
  override readonly name = "ClickHouseFailure";
}

const PATIENCE_MS = 30_000;
const FORMAT = "JSONEachRow";
/** Memory that sorting one result may take before it goes on with files. */
const SORT_BYTES = 256 * 1024 ** 2;

/** Of ClickHouse's error codes, those that whoever set it up can do something about. */
const CODES: Readonly<Record<string, string>> = {
  81: "the database of EVENTS_CLICKHOUSE_URL does not exist: create it",
  194: "user or password are wrong",
  497: "the user lacks rights",
  516: "user or password are wrong",
};

/** ClickHouse over HTTP. Nothing is opened before the first call. */
export function openClickHouse(url: string, connections: number): ClickHouse {
  const client = createClient({
    url,
    application: "tsuide",
    request_timeout: PATIENCE_MS,
    max_open_connections: connections,
    // Every failure is thrown, and is logged by who called.
    log: { level: ClickHouseLogLevel.OFF },
    use_multipart_params_auto: true,
    clickhouse_settings: {
      // A table's name for a column means the column, as in PostgreSQL.
      prefer_column_name_to_alias: 1,
      // Deletions are over once they are answered.
      mutations_sync: "2",
      lightweight_deletes_sync: "2",
      // The key of every table of events holds what it is partitioned by.
      do_not_merge_across_partitions_select_final: 1,
      max_bytes_before_external_sort: String(SORT_BYTES),
      cancel_http_readonly_queries_on_client_close: 1,
    },
  });
  const place = placeOf(url);
  const named = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw failure(error, place);
    }
  };
  const ask = (query: string, parameters: Parameters) =>
    client.query({ query, query_params: { ...parameters }, format: FORMAT });
  return {
    async insert(table, rows) {
      const waits = { async_insert: 1, wait_for_async_insert: 1 } as const;
      await named(client.insert({ table, values: rows, format: FORMAT, clickhouse_settings: waits }));
    },
    async command(query, parameters = {}) {
      await named(client.command({ query, query_params: { ...parameters } }));
    },
    query: <Row>(sql: string, parameters: Parameters = {}) =>
      named(ask(sql, parameters).then((result) => result.json<Row>())),
    async *stream<Row>(sql: string, parameters: Parameters, atOnce: number) {
      const result = await named(ask(sql, parameters));
      try {
        let batch: Row[] = [];
        for await (const rows of result.stream<Row>()) {
          for (const row of rows) {
            batch.push(row.json());
            if (batch.length < atOnce) continue;
            yield batch;
            batch = [];
          }
        }
        if (batch.length > 0) yield batch;
      } catch (error) {
        throw failure(error, place);
      } finally {
        result.close();
      }
    },
    close: () => client.close(),
  };
}

/** Host and port of an address, without what stands before them. */
function placeOf(url: string): string {
  return new URL(url).host;
}

function failure(error: unknown, place: string): ClickHouseFailure {
  if (error instanceof ClickHouseError) {
    const known = CODES[error.code];
    const said = known ?? `${error.message.split("\n")[0]} (${error.type ?? error.code})`;
    return new ClickHouseFailure(`ClickHouse at ${place}: ${said}`, { cause: error });
  }
  const said = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
  return new ClickHouseFailure(`ClickHouse at ${place} does not answer: ${said}`, { cause: error });
}
