import { parentPort, workerData } from "node:worker_threads";
import { openDatabase } from "../../persistence/database/database.ts";
import { lowerPriority } from "../../threads/lower-priority.ts";
import { learnLists, type CompleteRun, type LearningOutcome } from "./learn-lists.ts";
import type { MiningTask } from "./mine-associations.ts";
import { recountFromOrders } from "./recount-associations.ts";

const { databaseUrl, shop, now: startedAt, run } = workerData as MiningTask;
// The clock of whoever gave the order, which goes on from there.
const began = performance.now();
const now = () => new Date(startedAt + performance.now() - began);
lowerPriority();
const database = openDatabase(databaseUrl, { connections: 1 });
try {
  parentPort?.postMessage(run === null ? await learn(null) : await mine(run));
} finally {
  await database.close();
}

async function mine(id: bigint): Promise<LearningOutcome> {
  const recount = await recountFromOrders(database, shop, id);
  return recount === null ? { code: "unknown-shop" } : learn({ id, recount });
}

function learn(complete: CompleteRun | null): Promise<LearningOutcome> {
  return learnLists(database, shop, { now, complete });
}
