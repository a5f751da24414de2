import { armBefore, type Pair, pairsOf } from "../../app/domain/measurement/experiments/assigned-arms.ts";
import { parseSplit, type PublishedSplit } from "../../app/domain/measurement/experiments/published-split.ts";
import { MOST_SENT_EVENTS, type EventBatch, type SentEvent } from "../../app/domain/measurement/event-batch.ts";
import type { DevOrder } from "../dev-store/shop/state.ts";
import type { Story } from "./story.ts";

/**
 * Visitors of whom no browser is opened: they are split as the published page says, send what the web pixel would send, and
 * place orders at Shopify.
 */
export interface SimulatedVisitor {
  /** As the web pixel names the browser. */
  readonly name: string;
  /** Experiments and the visitor's arms of them; experiment 0 is the holdout. */
  readonly arms: readonly (readonly [experiment: number, arm: number])[];
}

/** How the page splits its visitors, its arms with the slots that they end before; null where it splits none. */
export function splitOf(html: string): PublishedSplit | null {
  const from = html.indexOf('[1,"');
  if (from < 0) return null;
  let depth = 0;
  let end = from;
  do {
    if (html[end] === "[") depth++;
    if (html[end] === "]") depth--;
    end++;
  } while (depth > 0 && end < html.length);
  return parseSplit(html.slice(from, end));
}

/** Where a visitor belongs by the split of a page, which names the end of each arm in place of its weight. */
export const armsOnPage = (split: PublishedSplit, unit: string): Pair[] => pairsOf(split, unit, armBefore);

/** The arm of an experiment that a visitor is in; undefined for one who takes no part. */
export const armOf = (arms: SimulatedVisitor["arms"], experiment: number) =>
  arms.find(([number]) => number === experiment)?.[1];

/** As many visitors for each of two arms, and whoever of the holdout comes along: no chance decides the outcome. */
export function visitorsOf(split: PublishedSplit, experiment: number, eachArm: number): SimulatedVisitor[] {
  const missing = [eachArm, eachArm];
  const visitors: SimulatedVisitor[] = [];
  for (let n = 0; missing.some((left) => left > 0); n++) {
    const name = `simulated-${n}`;
    const arms = armsOnPage(split, `v:${name}`);
    const arm = armOf(arms, experiment);
    if (arm !== undefined && missing[arm]!-- <= 0) continue;
    visitors.push({ name, arms });
  }
  return visitors;
}

/** By which token the web pixel of a page sends events. */
export function tokenOf(html: string): string {
  const given = /window\.__pixels = (.*?);<\/script>/s.exec(html)?.[1];
  return (JSON.parse(given ?? "null") as { pixel: { settings: { token: string } } }).pixel.settings.token;
}

/** Has visitors come at a time, and those of them who buy place one order each, which is made now. */
export async function visit(
  story: Story,
  token: string,
  visitors: readonly SimulatedVisitor[],
  { at, buys, variantId }: { at: number; buys: (visitor: SimulatedVisitor) => boolean; variantId: number },
): Promise<void> {
  const sent = visitors.flatMap(({ name, arms }): SentEvent[] =>
    arms.map(([experiment, arm]) => ({
      ...{ id: `${name}:${experiment}`, at, visitor: name, kind: "exposed", experiment, arm },
    })),
  );
  for (const visitor of visitors.filter(buys)) {
    const { order } = (await story.control("order", { lines: [{ variantId, quantity: 1 }] })) as { order: DevOrder };
    const event = { at: order.createdAt, visitor: visitor.name };
    sent.push({ ...event, id: `${visitor.name}:s`, kind: "checkout-started" });
    sent.push({ ...event, id: `${visitor.name}:o`, kind: "checkout-completed", order: order.id });
  }
  for (let from = 0; from < sent.length; from += MOST_SENT_EVENTS) {
    const batch: EventBatch = { v: 1, token, events: sent.slice(from, from + MOST_SENT_EVENTS) };
    const { status } = await fetch(`${story.appUrl}/events`, { method: "POST", body: JSON.stringify(batch) });
    if (status !== 202) throw new Error(`The endpoint answered ${status}`);
  }
}
