import {
  copyToClickHouse,
  copyToPostgres,
  type CopyProgress,
  type EventPlaces,
} from "../../persistence/events/copy-events.ts";

/** Where events can be copied to. */
export const COPY_TARGETS = ["clickhouse", "postgresql"] as const;
export type CopyTarget = (typeof COPY_TARGETS)[number];

/** Copies all that is kept of events from the other place to this one, beside what is there. It can run again. */
export function copyEvents(to: CopyTarget, places: EventPlaces, now: Date, progress: CopyProgress): Promise<void> {
  return to === "clickhouse" ? copyToClickHouse(places, now, progress) : copyToPostgres(places, now, progress);
}
