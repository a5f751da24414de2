import { parentPort, workerData } from "node:worker_threads";
import { openDatabase } from "../../../persistence/database/database.ts";
import { lowerPriority } from "../../../threads/lower-priority.ts";
import type { FindingOrder } from "./find-upgrades.ts";
import { storeUpgrades } from "./store-upgrades.ts";

const { databaseUrl, shop, now } = workerData as FindingOrder;
lowerPriority();
const database = openDatabase(databaseUrl, { connections: 1 });
try {
  parentPort?.postMessage(await storeUpgrades(database, shop, now));
} finally {
  await database.close();
}
