import { existsSync } from "node:fs";
import { getPriority } from "node:os";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";

/** A thread that gives way, then says how it and one that it started are ranked by the system. */
const THREAD = `
  const { readlinkSync } = require("node:fs");
  const { getPriority } = require("node:os");
  const { parentPort, Worker } = require("node:worker_threads");
  const own = () => getPriority(Number(readlinkSync("/proc/thread-self").split("/").pop()));
  import(${JSON.stringify(new URL("./give-way.ts", import.meta.url).href)}).then(({ giveWay }) => {
    giveWay();
    const started = new Worker(
      'const { readlinkSync } = require("node:fs"); const { getPriority } = require("node:os");' +
        'require("node:worker_threads").parentPort.postMessage((' + own + ')())',
      { eval: true },
    );
    started.once("message", (theirs) => parentPort.postMessage([own(), theirs]));
  });
`;

test.runIf(existsSync("/proc/thread-self"))(
  "a thread that gives way comes after the process it is part of, and so do those that it starts",
  async () => {
    const before = getPriority();
    const thread = new Worker(THREAD, { eval: true });
    const [own, started] = await new Promise<[number, number]>((resolve, reject) => {
      thread.once("message", resolve);
      thread.once("error", reject);
    });
    expect([own, started]).toEqual(Array(2).fill(Math.min(19, before + 10)));
    expect(getPriority()).toBe(before);
    await thread.terminate();
  },
);
