/** The address of the page "Experiments". */
export const EXPERIMENTS = "/app/experiments";

/** The address of the planner. */
export const PLANNER = "/app/experiments/planner";

/** The address of the page of one experiment. */
export function experimentAddress(number: number): string {
  return `${EXPERIMENTS}/${number}`;
}

/** The address of the form for a new experiment, with an offer chosen. */
export function newExperimentAddress(offer?: number): string {
  return `${EXPERIMENTS}/new${offer === undefined ? "" : `?offer=${offer}`}`;
}
