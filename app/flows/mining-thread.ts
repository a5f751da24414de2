import { parentPort, workerData } from "node:worker_threads";
import { openDatabase } from "../persistence/database.ts";
import { streamInShop } from "../persistence/in-shop.ts";
import type { MiningOrder } from "./mine-associations.ts";
import { rebuildAssociations } from "./rebuild-associations.ts";

const { databaseUrl, shop, now } = workerData as MiningOrder;
const database = openDatabase(databaseUrl, { connections: 1 });
try {
  const figures = await streamInShop(database, shop, (tx) => rebuildAssociations(tx, now));
  parentPort?.postMessage(figures);
} finally {
  await database.close();
}
