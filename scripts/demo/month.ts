// A month of shoppers in the demo's shop, none of whom is real: with a shop that was set up a month ago, the admin shows what
// offers earn. Prints one line.
import { parseShopDomain } from "../../app/domain/ids.ts";
import { compose, REAL_SURROUNDINGS } from "../../app/server/composition.ts";
import { processConfig } from "../../app/server/config.ts";
import { inShop } from "../../app/persistence/database/in-shop.ts";
import { runSql } from "../../app/persistence/database/run-sql.ts";
import { enqueue } from "../../app/queue/enqueue.ts";
import { letMonthPass } from "./month/let-month-pass.ts";
import { TRUE_UPLIFT } from "./month/shoppers.ts";

const [domain = "", locale = "", days = ""] = process.argv.slice(2);
const shop = parseShopDomain(domain);
const origin = process.env.DEV_STORE_URL;
if (shop === null || origin === undefined || (locale !== "en" && locale !== "ja")) {
  throw new Error("Name the shop's domain, its language and the days.");
}
const to = Date.now();
const from = to - Number(days) * 86_400_000;
const clock = { now: from };
const context = compose(
  { ...processConfig(), logLevel: "error" },
  { ...REAL_SURROUNDINGS, now: () => new Date(clock.now), connections: 4 },
);

async function control(what: string, body?: object): Promise<unknown> {
  const asked = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(`${origin}/__control/${what}`, asked);
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${what}: ${JSON.stringify(answer)}`);
  return answer;
}

const { visits, orders } = await letMonthPass({ shop, locale, context, clock, control, from, to });
await inShop(context.database, shop, async (tx) => {
  // These days were counted after the import, when nothing was known of them.
  await runSql(tx, "DELETE FROM browsing_days WHERE shop = $1", tx.shop);
  await enqueue(tx, "mine-associations");
});
const percent = (share: number) => `${Math.round(share * 100)} %`;
const count = (n: number) => n.toLocaleString("en");
process.stdout.write(
  `A month has passed: ${count(visits)} visits and ${count(orders)} orders of simulated shoppers. Offers make ` +
    `${percent(TRUE_UPLIFT.moreBuyers)} more of them buy, and ${percent(TRUE_UPLIFT.addingBuyers)} of those add something.\n`,
);
await Promise.all([context.database.close(), context.events.close()]);
