import type { FlowContext } from "../context.ts";

/** Calls of one run: more wait only after hours without a worker, and the next run takes the remainder. */
const MOST_CALLS = 50;

/** Makes events durable that the endpoint took in, and adds them to the hourly totals. Says how many there were. */
export async function moveEvents({ events, log, now }: FlowContext): Promise<{ moved: number }> {
  const sum = { moved: 0, repeated: 0, refused: 0 };
  for (let call = 0, hasMore = true; hasMore && call < MOST_CALLS; call++) {
    const done = await events.move(now());
    for (const key of ["moved", "repeated", "refused"] as const) sum[key] += done[key];
    hasMore = done.hasMore;
  }
  if (sum.moved + sum.repeated + sum.refused > 0) log.debug(sum, "events moved");
  return { moved: sum.moved };
}

/** Every night: room for the days to come, and what is kept no longer is deleted. The next night tries again. */
export async function keepEventDays({ events, log, now }: FlowContext): Promise<void> {
  try {
    await events.keepDays(now());
  } catch (error) {
    log.error({ message: error instanceof Error ? error.message : String(error) }, "days of events not kept up");
  }
}
