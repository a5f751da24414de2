import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** A POST to a server of this machine. */
export interface PacedRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
}

export interface Sent {
  /** Milliseconds from when each was to be sent until it was answered, ascending. */
  readonly times: readonly number[];
  /** Of these, how long they waited for this process itself before they were sent, ascending. */
  readonly late: readonly number[];
  /** Answers other than 2xx, and requests without an answer. */
  readonly notOk: number;
  readonly perSecond: number;
}

/**
 * Sends so many requests a second: a late answer delays no other, and one that was sent late counts from when it was due.
 *
 * @param answered Hears of each answer; status 0 for none.
 */
export async function sendPaced(
  port: number,
  requests: Iterable<PacedRequest>,
  perSecond: number,
  answered: (request: PacedRequest, status: number) => void = () => {},
): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const startedAt = performance.now();
  const [times, late]: [number[], number[]] = [[], []];
  let [sent, notOk] = [0, 0];
  const answers: Promise<void>[] = [];
  for (const one of requests) {
    const due = startedAt + (sent++ * 1000) / perSecond;
    await sleep(Math.max(due - performance.now(), 0));
    late.push(Math.max(performance.now() - due, 0));
    answers.push(
      post(port, agent, one).then((status) => {
        if (status < 200 || status > 299) notOk++;
        times.push(performance.now() - due);
        answered(one, status);
      }),
    );
  }
  await Promise.all(answers);
  agent.destroy();
  const seconds = (performance.now() - startedAt) / 1000;
  const ascending = (values: number[]) => values.sort((a, b) => a - b);
  return { times: ascending(times), late: ascending(late), notOk, perSecond: sent / seconds };
}

function post(port: number, agent: Agent, { path, headers, body }: PacedRequest): Promise<number> {
  return new Promise((resolve) => {
    const all = { ...headers, "content-length": Buffer.byteLength(body) };
    const outgoing = request({ host: "127.0.0.1", port, path, method: "POST", agent, headers: all }, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
      answer.on("error", () => resolve(0));
    });
    outgoing.on("error", () => resolve(0));
    outgoing.end(body);
  });
}

/** A row of a table of answer times: requests a second, median, 99th percentile, slowest, and how many failed. */
export function timesRow(
  name: string,
  { times, notOk, perSecond }: Pick<Sent, "times" | "notOk" | "perSecond">,
): string {
  const at = (share: number) => times[Math.min(Math.floor(times.length * share), times.length - 1)]!.toFixed(1);
  return tableRow(name, [perSecond.toFixed(0), at(0.5), at(0.99), at(1), String(notOk)]);
}

export const TIMES_COLUMNS: readonly string[] = ["per second", "p50", "p99", "most", "not OK"];

export function tableRow(name: string, cells: readonly string[]): string {
  return `${name.padEnd(34)}${cells.map((cell) => cell.padStart(12)).join("")}\n`;
}
