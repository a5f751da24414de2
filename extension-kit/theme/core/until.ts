/** Ends something once the signal is aborted, which widgets do when they leave the page. */
export const until = (signal: AbortSignal, end: () => unknown) => signal.addEventListener("abort", end);
