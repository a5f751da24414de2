// The merchant's first minutes after installing, through the same flows as the admin's pages: wait for the import,
// give sets a discount, set the free-shipping goal that the shop's own shipping settings suggest, see it published.
// Prints one line per step of progress.
import { setTimeout as sleep } from "node:timers/promises";
import { compose, REAL_SURROUNDINGS } from "../../app/server/composition.ts";
import { processConfig } from "../../app/server/config.ts";
import { parseShopDomain, type ShopDomain } from "../../app/domain/ids.ts";
import { countriesOfRates } from "../../app/domain/offers/types/goal/own-rates.ts";
import type { OfferContent } from "../../app/domain/offers/offer.ts";
import type { HomeView } from "../../app/views/home-view.ts";
import { isForeign, type OfferEditorView } from "../../app/views/offer-editor-view.ts";
import { listOffers } from "../../app/flows/offers/list-offers.ts";
import { readOffer } from "../../app/flows/offers/read-offer.ts";
import { saveOffer } from "../../app/flows/offers/save-offer.ts";
import { readHome } from "../../app/flows/shop/read-home.ts";
import { readSettings } from "../../app/flows/settings/read-settings.ts";
import { saveSettings } from "../../app/flows/settings/save-settings.ts";

const GIVE_UP_AFTER_MS = 600_000;
const LOOK_EVERY_MS = 400;
const SAY_EVERY_MS = 3_000;
const SET_DISCOUNT_BASIS_POINTS = 1_000;

const shop = parseShopDomain(process.argv[2] ?? "");
if (shop === null) throw new Error("Name the shop's domain.");

const context = compose(processConfig(), { ...REAL_SURROUNDINGS, connections: 2 });

let last = "";
let lastAt = 0;
/** A step is printed at once; its progress, now and then. */
function say(text: string): void {
  const step = (line: string) => line.slice(0, line.indexOf(" "));
  if (text === last || (step(text) === step(last) && Date.now() - lastAt < SAY_EVERY_MS)) return;
  process.stdout.write(`${text}\n`);
  last = text;
  lastAt = Date.now();
}

/** One line on how far the import is. */
function progressOf({ import: run, mining }: HomeView): string {
  const count = (n: number) => n.toLocaleString("en");
  if (run === null || run.status === "waiting" || run.status === "running-at-shopify") {
    return "Shopify is preparing the order history ...";
  }
  if (run.status === "reading") {
    const total = run.ordersTotal === null ? "" : ` of ${count(run.ordersTotal)}`;
    return `Reading orders: ${count(run.ordersStored)}${total}, ${count(run.linesStored)} lines`;
  }
  if (mining.status !== "done") return `Mining ${count(run.ordersStored)} orders ...`;
  return `Found ${count(mining.pairs)} pairs in ${count(mining.baskets)} baskets; publishing ...`;
}

async function until(passes: (home: HomeView) => boolean): Promise<HomeView> {
  const end = Date.now() + GIVE_UP_AFTER_MS;
  while (Date.now() < end) {
    const home = await readHome(shop as ShopDomain, context);
    if (home.import?.status === "failed") throw new Error(`The import failed: ${home.import.errorCode}.`);
    say(progressOf(home));
    if (passes(home)) return home;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error("The first offers were not published in time; see .data/logs/worker.log.");
}

async function untilPublished(): Promise<void> {
  for (const end = Date.now() + GIVE_UP_AFTER_MS; Date.now() < end; await sleep(LOOK_EVERY_MS)) {
    const { publishedAt, publishing } = await readSettings(shop as ShopDomain, context);
    if (publishedAt !== null && !publishing) return;
    say(progressOf(await readHome(shop as ShopDomain, context)));
  }
  throw new Error("The first offers were not published in time; see .data/logs/worker.log.");
}

/** How many products have companions, and why none has where that is so. */
function companionsLine({ mining, offers }: HomeView): string {
  const count = (n: number, noun: string) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
  const has = offers.shown === 1 ? "has" : "have";
  const line = `${count(offers.shown, "product")} ${has} companions to show.`;
  if (offers.shown > 0) return line;
  const why =
    mining.baskets === 0
      ? "no order holds a sale of goods"
      : mining.pairs === 0
        ? `no two products are in one order, in ${count(mining.baskets, "order")} with goods`
        : `of ${count(mining.pairs, "pair")} in ${count(mining.baskets, "order")}, none was bought together often enough to tell it from chance`;
  return `${line.slice(0, -1)}: ${why}. Companions can be pinned by hand, and more orders will tell more.`;
}

/**
 * Gives sets a discount, and the goal the amounts of the shop's own shipping settings. Offers that somebody changed since
 * the install stay as they are.
 */
async function chooseTerms(shop: ShopDomain): Promise<void> {
  const { offers } = await listOffers(shop, { search: "", status: null, type: null, page: 1 }, context);
  for (const { number, version } of offers) {
    if (version > 1) continue;
    const view = await readOffer(shop, number, context);
    if (view === null || isForeign(view)) continue;
    const content = withTerms(view);
    if (content === null) continue;
    const outcome = await saveOffer(shop, { number, version }, content, context);
    if (outcome.code !== "saved") throw new Error(`An offer was refused: ${JSON.stringify(outcome)}`);
  }
  const { tellOrdersTogether } = await readSettings(shop, context);
  if (!tellOrdersTogether) await saveSettings(shop, { tellOrdersTogether: true }, null, context);
}

/** The offer as the demo shows it; null where there is nothing to change. */
function withTerms({ type, content, shippingRates }: OfferEditorView): OfferContent | null {
  switch (type) {
    case "bought-together":
      return { ...content, reward: { kind: "percent", basisPoints: SET_DISCOUNT_BASIS_POINTS } };
    case "goal": {
      if (shippingRates.length === 0) return null;
      const amounts = Object.fromEntries(
        shippingRates.toReversed().map(({ currency, amountMinor }) => [currency, amountMinor]),
      );
      const countries = countriesOfRates(amounts, shippingRates);
      return { ...content, status: "active", config: { ...(content.config as object), amounts, countries } };
    }
    case "add-on":
    case "buy-x-get-y":
    case "fixed-bundle":
    case "mix-and-match":
    case "quantity-breaks":
    case "subscription":
    case "upgrade":
      return null;
  }
}

try {
  await until(({ setup }) => setup.imported && setup.mined);
  await chooseTerms(shop);
  // Published also where nothing has enough evidence: then there is nothing to wait for.
  await untilPublished();
  const home = await readHome(shop, context);
  process.stdout.write(`${companionsLine(home)}\n`);
  await Promise.all([context.database.close(), context.events.close()]);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
