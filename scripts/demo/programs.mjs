// The programs that the demo starts, and how all of them are stopped together.
import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { ROOT } from "../setup/install.mjs";
import { PlainError } from "../setup/plain-error.mjs";

/** Refuses with a sentence where a port is taken. */
export async function requireFree(port) {
  await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) =>
      reject(
        error.code === "EADDRINUSE" ? new PlainError(`Port ${port} is in use: choose another with --port N.`) : error,
      ),
    );
    probe.listen(port, () => probe.close(resolve));
  });
}

/** Starts programs, keeps their logs, and stops them in the reverse order of their start. */
export class Programs {
  #running = [];
  #stopping = false;
  #logs;

  /** @param {{ logs?: string }} [options] `logs`: the folder of the logs, below the project's. */
  constructor({ logs = ".data/logs" } = {}) {
    this.#logs = logs;
  }

  /**
   * @param {string} name Also the log's name.
   * @param {string} node
   * @param {string[]} args
   * @param {Record<string, string>} env
   */
  start(name, node, args, env) {
    if (this.#stopping) throw new PlainError(`The ${name} was not started: everything is being stopped.`);
    const logName = `${this.#logs}/${name}.log`;
    mkdirSync(join(ROOT, this.#logs), { recursive: true });
    const log = createWriteStream(join(ROOT, logName));
    const child = spawn(node, ["--import", "./scripts/demo/stop-with-parent.mjs", ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      // A process group of its own, so that Ctrl-C reaches the parts in order; the channel tells a part that its
      // parent is gone, however that happened.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => (said = (said + chunk).slice(-2000)));
      stream.pipe(log);
    }
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const program = { name, log: logName, child, ended, said: () => said };
    this.#running.push(program);
    // `close`, not `exit`: by then its last words have been read.
    child.once("close", (code) => {
      if (this.#stopping || program.expected) return;
      // A program that refuses to start says why in its last line, as one sentence.
      const why = `The ${name} ended with code ${code}; its log is ${logName}.`;
      this.failed?.(new PlainError(code === 1 ? lastLine(program) : why));
    });
    return program;
  }

  /** Adds something with a `stop` of its own, such as the database. */
  add(name, stop) {
    this.#running.push({ name, stop });
  }

  /** Sets how far ahead of the machine's the clocks of the programs are, and waits until all of them are. */
  async moveClocks(aheadMs) {
    const children = this.#running.flatMap(({ child }) => (child?.connected ? [child] : []));
    const answers = children.map((child) => new Promise((resolve) => child.once("message", resolve)));
    for (const child of children) child.send({ aheadMs });
    await Promise.all(answers);
  }

  /** Stops one program that is meant to be gone, such as the app in a story about its absence. */
  async stopOne(name) {
    const program = this.#running.find((running) => running.name === name);
    program.expected = true;
    await end(program);
  }

  isStopping() {
    return this.#stopping;
  }

  async stop() {
    if (this.#stopping) return;
    this.#stopping = true;
    for (const program of this.#running.reverse()) await (program.stop?.() ?? end(program));
  }
}

async function end({ child, ended }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 8_000);
  await ended;
  clearTimeout(late);
}

/**
 * Waits until an address answers below 500; throws a sentence after the given time, or at once where the program
 * behind it has ended.
 */
export async function untilAnswers(url, what, milliseconds = 60_000, program = null) {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    if (program && program.child.exitCode !== null) throw new PlainError(lastLine(program));
    try {
      const response = await fetch(url, { redirect: "manual" });
      await response.body?.cancel();
      if (response.status < 500) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new PlainError(`${what} did not answer within ${milliseconds / 1000} seconds: see .data/logs.`);
}

function lastLine(program) {
  return program.said().trim().split("\n").at(-1) || `The ${program.name} did not start: see ${program.log}.`;
}
