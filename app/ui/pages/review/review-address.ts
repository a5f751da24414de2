/** The address of the page of what waits for a person. */
export const REVIEW = "/app/review";
