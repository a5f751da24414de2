/** Writes a bug of the dev store itself to the error stream, where whoever runs it will see it. */
export function reportFailure(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
