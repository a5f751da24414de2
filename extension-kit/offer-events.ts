import { useEffect, useRef } from "preact/hooks";
import type { Pair } from "./domain.ts";

/** Shopify's analytics bus, as UI extensions are given it. Our web pixel hears what is published, with the buyer's consent. */
export interface AnalyticsApi {
  readonly analytics: { publish(name: string, data: Record<string, unknown>): Promise<boolean> };
}

/** Publishes what a buyer did with offers; `claims` are offer ids with surfaces. Nothing waits for it, and it never throws. */
export function publishEvent({ analytics }: AnalyticsApi, kind: string, claims: readonly string[]): void {
  if (claims.length === 0) return;
  void Promise.resolve()
    .then(() => analytics.publish(`tsuide:${kind}`, { claims: [...claims] }))
    .catch(() => {});
}

/** Publishes each arm once by which the buyer is shown something here, or is not shown it. */
export function usePublishExposed({ analytics }: AnalyticsApi, arms: readonly Pair[]): void {
  const published = useRef(new Set<number>());
  const joined = JSON.stringify(arms);
  useEffect(() => {
    const fresh = (JSON.parse(joined) as Pair[]).filter(([experiment]) => !published.current.has(experiment));
    for (const [experiment] of fresh) published.current.add(experiment);
    if (fresh.length === 0) return;
    void Promise.resolve()
      .then(() => analytics.publish("tsuide:exposed", { arms: fresh }))
      .catch(() => {});
  }, [analytics, joined]);
}

/** Publishes each offer once that is shown here. */
export function usePublishShown(api: AnalyticsApi, claims: readonly string[]): void {
  const published = useRef(new Set<string>());
  const joined = claims.join(" ");
  useEffect(() => {
    const fresh = joined.split(" ").filter((claim) => claim !== "" && !published.current.has(claim));
    for (const claim of fresh) published.current.add(claim);
    publishEvent(api, "shown", [...new Set(fresh)]);
  }, [api, joined]);
}
