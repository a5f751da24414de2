/** A refusal that its reader can act on: shown as one sentence, without a stack. */
export class PlainError extends Error {}

/** Prints a refusal as one sentence, anything else as the bug it is, and ends the process with code 1. */
export function fail(error) {
  if (error?.code === "ENOSPC") console.error("The disk is full: free some space and run this again.");
  else if (error instanceof PlainError) console.error(error.message);
  else console.error(error);
  process.exit(1);
}
