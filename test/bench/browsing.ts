/**
 * How long it takes to count what shoppers browsed:
 *
 *   npm run bench -- browsing [--events 10000000] [--products 20000]
 *
 * Views of made-up visits, popular products more often, as the event store gives them: by visitor, then by time. They are
 * spread over ten days, each of which is counted as a whole. Beside it: the same pairs in a map of texts, on the first
 * tenth of a day.
 */
import { parseArgs } from "node:util";
import { BrowsingDayCounter, type ProductView } from "../../app/domain/mining/browsing/browsing-day.ts";
import { seededRandom } from "../dev-store/shop/random.ts";

const DAYS = 10;
const VIEWS_OF_VISIT = 4;

const { values } = parseArgs({
  options: { events: { type: "string", default: "10000000" }, products: { type: "string", default: "20000" } },
});
const [events, products] = [Number(values.events), Number(values.products)];

function viewsOfDay(day: number, views: number): ProductView[] {
  const random = seededRandom(day + 1);
  return Array.from({ length: views }, (_, n) => ({
    visitor: `v${Math.floor(n / VIEWS_OF_VISIT)}`,
    at: n * 1000,
    product: String(1 + Math.floor(random() ** 2 * products)),
  }));
}

/** The distinct pairs of each visit, counted by their names. */
function countByName(views: readonly ProductView[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (let from = 0; from < views.length; from += VIEWS_OF_VISIT) {
    const seen = [...new Set(views.slice(from, from + VIEWS_OF_VISIT).map(({ product }) => product))];
    seen.forEach((one, n) => {
      for (const other of seen.slice(n + 1)) {
        const pair = one < other ? `${one} ${other}` : `${other} ${one}`;
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    });
  }
  return counts;
}

let milliseconds = 0;
let pairs = 0;
for (let day = 0; day < DAYS; day++) {
  const views = viewsOfDay(day, events / DAYS);
  const began = performance.now();
  const counter = new BrowsingDayCounter();
  for (const view of views) counter.addView(view);
  pairs += counter.day().products.reduce((sum, { companions }) => sum + companions.length, 0);
  milliseconds += performance.now() - began;
}
const some = viewsOfDay(0, events / DAYS / 10);
const began = performance.now();
countByName(some);
const plain = ((performance.now() - began) * events) / some.length;
const memory = Math.round(process.resourceUsage().maxRSS / 1024);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
process.stdout.write(
  `${events.toLocaleString("en")} views of ${products.toLocaleString("en")} products: ${seconds(milliseconds)}, ` +
    `${memory} MB, ${pairs.toLocaleString("en")} companions kept. A map of texts: ${seconds(plain)} at that pace.\n`,
);
