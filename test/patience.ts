/**
 * How long a test waits for something to become true, in ms. It ends as soon as it is true, so the limit costs nothing and
 * only has to be longer than the slowest machine needs; one that fits the fastest machine fails by chance on others.
 */
export const PATIENCE_MS = 60_000;

/** The same for `vi.waitFor`, `expect.poll` and Playwright. */
export const PATIENT = { timeout: PATIENCE_MS };
