/** The address of the page "Experiments". */
export const EXPERIMENTS = "/app/experiments";
