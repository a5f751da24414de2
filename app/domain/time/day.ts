/** Milliseconds of a day of 24 hours, as days of UTC are. */
export const DAY_MS = 86_400_000;
