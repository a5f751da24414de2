// Forgets what an earlier start of the demo left of a shop in the database, so that the shop can begin from scratch.
import { parseShopDomain } from "../../app/domain/ids.ts";
import { redactShop } from "../../app/flows/shop/uninstall-shop.ts";
import { compose, REAL_SURROUNDINGS } from "../../app/server/composition.ts";
import { processConfig } from "../../app/server/config.ts";

const shop = parseShopDomain(process.argv[2] ?? "");
if (shop === null) throw new Error("Name the shop's domain.");
const context = compose({ ...processConfig(), logLevel: "error" }, { ...REAL_SURROUNDINGS, connections: 2 });
await redactShop(shop, context);
await Promise.all([context.database.close(), context.events.close()]);
