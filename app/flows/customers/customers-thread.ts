import { parentPort, workerData } from "node:worker_threads";
import { openDatabase } from "../../persistence/database/database.ts";
import { lowerPriority } from "../../threads/lower-priority.ts";
import type { CustomersOrder } from "./learn-customers.ts";
import { summariseCustomers } from "./summarise-customers.ts";

const { databaseUrl, shop, now } = workerData as CustomersOrder;
lowerPriority();
const database = openDatabase(databaseUrl, { connections: 1 });
try {
  parentPort?.postMessage(await summariseCustomers(database, shop, now));
} finally {
  await database.close();
}
