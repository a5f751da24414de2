import { PATIENCE_MS } from "../patience.ts";

/** Asks again until the answer passes, as a person would look again; throws the last answer after the time is up. */
export async function eventually<T>(look: () => Promise<T>, passes: (seen: T) => boolean, milliseconds = PATIENCE_MS) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const seen = await look();
    if (passes(seen)) return seen;
    if (Date.now() > end) throw new Error(`Not seen in time; last: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
