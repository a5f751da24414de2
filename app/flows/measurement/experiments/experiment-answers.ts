import type { ExperimentStatus } from "../../../domain/measurement/experiments/experiment.ts";
import type { ExperimentRow } from "../../../persistence/measurement/experiment-rows.ts";
import type { ExperimentAnswer } from "../../../views/experiment-answer.ts";

/** Which experiment is meant, and the version that staff saw of it. */
export interface SeenExperiment {
  readonly number: number;
  readonly version: number;
}

/** Why an experiment cannot be changed as staff saw it; null where it can, which takes the status `needed`. */
export function seenRefusal(
  row: ExperimentRow | null,
  { version }: SeenExperiment,
  needed: ExperimentStatus,
): (ExperimentAnswer & { readonly code: "not-found" | "stale" | "not-possible" }) | null {
  if (row === null) return { code: "not-found" };
  if (row.version !== version) return { code: "stale" };
  return row.status === needed ? null : { code: "not-possible" };
}
