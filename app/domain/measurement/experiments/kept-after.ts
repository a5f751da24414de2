import type { ExperimentContent } from "./experiment.ts";
import type { Verdict } from "./verdict.ts";

/** The number of the offer that shoppers are shown after an experiment, of those that it compares; 0 for none of them. */
export type KeptOffer = number;

const NONE: KeptOffer = 0;

/** The offer to keep by a verdict; null where the verdict supports none of the choices. */
export function keptAfter(verdict: Verdict, { compares, offers }: ExperimentContent): KeptOffer | null {
  const isAgainstNothing = compares === "nothing";
  switch (verdict.kind) {
    case "better":
      return (isAgainstNothing ? offers[0] : offers[verdict.arm]) ?? null;
    case "worse":
    case "harm":
      return isAgainstNothing ? NONE : (offers[0] ?? null);
    case "no-worthwhile-difference":
      // An offer that adds nothing may have other reasons to stay; of equal offers the one that shoppers know stays.
      return isAgainstNothing ? null : (offers[0] ?? null);
    case "wrong-split":
    case "interrupted":
    case "open":
    case "not-enough":
      return null;
  }
}
