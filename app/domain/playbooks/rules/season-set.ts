import { SET_SIZE } from "../../shoppers/list-lengths.ts";
import { DISCOUNTS, isCovered, priorityOverSets } from "../covered.ts";
import { bearableDiscount, marginChecks } from "../discount-room.ts";
import { draftOf, nameOf, onlyFor, proposalId } from "../drafts.ts";
import type { SeasonEvidence } from "../evidence.ts";
import type { KnownProduct, PlaybookFacts } from "../facts.ts";
import type { Playbook, Proposal } from "../proposal.ts";
import { companionOf, triggerOf } from "../shown-pairs.ts";
import type { Schedule } from "../../offers/schedule.ts";

const DISCOUNTS_WANTED = [1_000, 500];
const MONTHS = 12;

/** Two products that are bought together in some months, for less as a set in these months of every year. */
export const seasonSet: Playbook = {
  name: "season-set",
  propose: (facts) =>
    facts.evidence.seasons.flatMap((season) => {
      const [product, companion] = [triggerOf(facts, season.product), companionOf(facts, season.companion)];
      if (product === null || companion === null || isDecided(facts, season)) return [];
      return proposalOf(facts, season, [product, companion]) ?? [];
    }),
};

/** Whether people decide what is shown with the product: the season's companion may not be what they chose. */
function isDecided(facts: PlaybookFacts, { product, companion }: SeasonEvidence): boolean {
  const choices = facts.choices.filter(({ trigger }) => trigger === product);
  const isRefused = choices.some((choice) => choice.companion === companion && choice.kind === "block");
  return isRefused || facts.mode !== "automatic" || choices.some(({ kind }) => kind === "pin");
}

function proposalOf(
  facts: PlaybookFacts,
  season: SeasonEvidence,
  both: readonly [KnownProduct, KnownProduct],
): Proposal | null {
  const [product, companion] = both;
  const setSize = season.before + 1;
  const basisPoints = bearableDiscount(facts, both, DISCOUNTS_WANTED);
  const priority = priorityOverSets(facts, product.id);
  if (basisPoints === null || priority === null || setSize > SET_SIZE) return null;
  if (isCovered(facts, DISCOUNTS, product.id)) return null;
  const { together, inSeason, years, months } = season;
  return {
    ...{ id: proposalId("season-set", product.id, companion.id), playbook: "season-set", type: "bought-together" },
    content: draftOf("bought-together", {
      ...{ name: nameOf(...both), priority, conditions: onlyFor(product.id) },
      ...{ schedule: yearly(months, facts.today), reward: { kind: "percent", basisPoints }, config: { setSize } },
    }),
    ...{ draft: null, products: [product.id, companion.id], weight: inSeason },
    reason: { code: "season", together, inSeason, years, months },
    checks: marginChecks(both, basisPoints),
  };
}

/** The months of every year, from the season on that a day lies in or that comes next after it. */
export function yearly(months: readonly number[], today: string): Schedule {
  const first = months[0]!;
  const year = Number(today.slice(0, 4));
  for (const begins of [year - 1, year]) {
    const schedule = { from: firstOf(begins, first), to: firstOf(begins, first + months.length), yearly: true };
    if (schedule.to > `${today}T00:00`) return schedule;
  }
  return { from: firstOf(year + 1, first), to: firstOf(year + 1, first + months.length), yearly: true };
}

/** The first minute of a month; the 13th is January of the next year. */
function firstOf(year: number, month: number): string {
  const months = month - 1;
  const at = [year + Math.floor(months / MONTHS), (months % MONTHS) + 1].map((part) => String(part).padStart(2, "0"));
  return `${at.join("-")}-01T00:00`;
}
