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

/** Tables of one experiment that can be saved: its differences over time, and what its arms did. */
export const EXPERIMENT_FILES = ["looks", "arms"] as const;
export type ExperimentFile = (typeof EXPERIMENT_FILES)[number];

/** The address of one experiment's table as a CSV file. */
export function experimentFileAddress(number: number, file: ExperimentFile): string {
  return `${experimentAddress(number)}/file?file=${file}`;
}
