import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What one program found in one file, and what it took, from the start of its process to the end. */
export interface PairsRun {
  readonly pairs: number;
  readonly sum: number;
  readonly seconds: number;
  readonly peakMb: number;
}

const CHILD = join(import.meta.dirname, "pairs-child.ts");
/** The machine is shared with others; the quickest of a few runs says most about the program. */
const RUNS = 3;

/** Mines a file in a process of its own, `RUNS` times, and gives the quickest run. */
export function runPairs(file: string, minTogether: number, runs = RUNS): PairsRun {
  warmUp();
  const all = Array.from({ length: runs }, () => runChild(CHILD, file, minTogether));
  return all.reduce((best, run) => (run.seconds < best.seconds ? run : best));
}

/** `bench pairs FILE [--min N]`: the last line printed is the run as JSON. */
export function printPairs(file: string, minTogether: number): void {
  process.stdout.write(`${JSON.stringify(runPairs(file, minTogether))}\n`);
}

/** Runs a program of this folder on a file. Its last line is JSON with pairs, sum and peakMb. Throws where it fails. */
export function runChild(program: string, file: string, minTogether: number, more: readonly string[] = []): PairsRun {
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [program, file, String(minTogether), ...more], {
    encoding: "utf8",
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "tsuide-compile-cache") },
  });
  const seconds = (performance.now() - started) / 1000;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stderr.trim());
  const { pairs, sum, peakMb } = JSON.parse(stdout.trim().split("\n").at(-1)!) as Omit<PairsRun, "seconds">;
  return { pairs, sum, seconds: Number(seconds.toFixed(3)), peakMb };
}

/** Lets Node strip the types once and keep the result, as an installed program would have it. */
function warmUp(): void {
  const folder = mkdtempSync(join(tmpdir(), "tsuide-bench-"));
  const file = join(folder, "orders.csv");
  writeFileSync(file, "order_id,item_id\n1,a\n1,b\n");
  runChild(CHILD, file, 1);
  rmSync(folder, { recursive: true });
}
