import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The status of a program that an interrupt ended. */
const INTERRUPTED = 130;
const ROOT = join(import.meta.dirname, "..", "..");

/**
 * The app's programs, each a process of its own as in production, and in a session of its own: as services and containers
 * do, each has its own share of the processors. Linux shares them by session ("autogroup" in sched(7)), so that in one
 * session what the worker computes would count against the web program.
 */
export class Programs {
  readonly #children = new Set<ChildProcess>();

  constructor() {
    // An interrupt from the keyboard reaches this session alone.
    process.once("SIGINT", () => {
      this.kill();
      process.exit(INTERRUPTED);
    });
  }

  /** Starts a file under `node`; its output beyond errors is for the caller to read, or dropped. */
  start(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    this.#children.add(child);
    child.stdout?.resume();
    return child;
  }

  /** Ends everything that was started, without waiting for what it does. */
  kill(): void {
    for (const child of this.#children) child.kill("SIGKILL");
  }
}

/** Waits until an address answers. */
export async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok === true) return;
    await sleep(100);
  }
  throw new Error(`Nothing answers at ${url}`);
}
