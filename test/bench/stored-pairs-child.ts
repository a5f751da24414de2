/** The process that `bench live` measures: all pairs of a shop's baskets as PostgreSQL has them. Named: URL, minimum, shop. */
import { shopDomain } from "../../app/domain/ids.ts";
import { countPairs } from "../../app/domain/mining/evidence/pair-counts.ts";
import { readBasketTable } from "../../app/persistence/mining/counts/basket-tables.ts";
import { openDatabase } from "../../app/persistence/database/database.ts";
import { streamInShop } from "../../app/persistence/database/in-shop.ts";

const [url, minTogether, shop] = process.argv.slice(2);
const database = openDatabase(url!, { connections: 1 });
const table = await streamInShop(database, shopDomain(shop!), readBasketTable, { asOfNow: true });
const { together } = countPairs(table, Number(minTogether));
const sum = together.reduce((all, count) => all + count, 0);
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify({ pairs: together.length, sum, peakMb })}\n`);
process.exit(0);
