import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../setup/install.mjs";
import { PlainError } from "../setup/plain-error.mjs";
import { Programs, requireFree } from "./programs.mjs";
import { runSteps, startStack } from "./stack.mjs";

/** How long ago the app was installed: single events are kept for a little longer. */
const MONTH_DAYS = 28;
/** Where runs keep what they know; a folder of its own for whoever wants a second demo beside the first. */
const DATA = process.env.TSUIDE_DATA ?? join(ROOT, ".data");

/** Refuses where another demo uses the same data: its database would be pulled from under it. */
function claimData() {
  mkdirSync(DATA, { recursive: true });
  const claim = join(DATA, "demo.pid");
  const owner = existsSync(claim) ? Number(readFileSync(claim, "utf8")) : null;
  if (owner && owner !== process.pid && isRunning(owner)) {
    throw new PlainError(`A demo is running here already (process ${owner}): stop it first.`);
  }
  writeFileSync(claim, String(process.pid));
  process.once("exit", () => rmSync(claim, { force: true }));
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Which shop this run is about, and under which name the dev store keeps what happened in it. */
function shopOf({ shop, orders, currency, columns }) {
  if (!orders) return { domain: `tsuide-demo-${shop}.myshopify.com`, name: shop, locale: shop };
  const files = orders.map((file) => [file, statSync(file).size, statSync(file).mtimeMs]);
  const hash = createHash("sha256").update(JSON.stringify({ files, currency, columns })).digest("hex").slice(0, 12);
  return { domain: "tsuide-demo.myshopify.com", name: `orders-${hash}`, locale: shop };
}

/** Two shops made from different order files share one address: the second must not meet the first one's data. */
function forgetOtherOrders(shop) {
  const last = join(DATA, "last-orders");
  const before = existsSync(last) ? readFileSync(last, "utf8") : null;
  if (before !== null && before !== shop.name) rmSync(join(DATA, "postgres"), { recursive: true, force: true });
  writeFileSync(last, shop.name);
}

/**
 * Whether a month of simulated shoppers is still to pass in the shop. A shop made from order files has its own history, and
 * one that was set up before keeps what it has; a month that was broken off begins from scratch.
 */
function monthOf({ name, locale }, orders) {
  const state = join(DATA, "shops", `${name}.json`);
  const mark = join(DATA, "shops", `${name}.month`);
  const isBrokenOff = existsSync(mark);
  if (orders || (existsSync(state) && !isBrokenOff)) return null;
  rmSync(state, { force: true });
  mkdirSync(join(DATA, "shops"), { recursive: true });
  writeFileSync(mark, "While this file is here, the month of simulated shoppers in this shop is not over.\n");
  return {
    // A database of the operator's own can know the shop, whatever the folder says.
    stack: { daysAgo: MONTH_DAYS, forgets: isBrokenOff || process.env.DATABASE_URL !== undefined },
    isBrokenOff,
    steps: ["scripts/demo/month.ts", locale, String(MONTH_DAYS)],
    over: () => rmSync(mark),
  };
}

/** Has a month pass, or in a shop that has its own past, fills in who looked around. Both are extras: all else works. */
async function letTimePass({ node, stack, shop, month, programs, say }) {
  const { env } = stack;
  if (month === null) {
    const args = ["scripts/demo/browsing.ts", shop.domain];
    return runSteps({ node, env, say, args }).catch((error) => say(`No past visits: ${error.message}`));
  }
  await programs.moveClocks(0);
  say("A month of simulated shoppers passes ...");
  const [program, ...rest] = month.steps;
  await runSteps({ node, env, say, args: [program, shop.domain, ...rest] }).then(month.over, (error) => {
    if (!programs.isStopping())
      say(`The month broke off, and the next start begins the shop from scratch: ${error.message}`);
  });
}

/** Runs the demo until it is stopped. Everything it keeps is below `.data`. */
export async function runDemo(options) {
  const { port, node, orders, currency, columns, theme } = options;
  const began = Date.now();
  const say = (text) => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${text}`);
  await requireFree(port);
  await requireFree(port + 1);
  claimData();
  if (options.fresh)
    for (const name of ["postgres", "shops"]) rmSync(join(DATA, name), { recursive: true, force: true });
  const shop = shopOf(options);
  if (orders) forgetOtherOrders(shop);

  const programs = new Programs();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const stopped = new Promise((resolve, reject) => {
    programs.failed = reject;
    for (const signal of signals) process.once(signal, () => resolve(null));
  });
  try {
    const month = monthOf(shop, orders);
    if (month?.isBrokenOff)
      say("An earlier start was stopped before its month was over: the shop begins from scratch.");
    const embeds = orders ? [] : ["experiments"];
    const data = { folder: DATA, shop, orders, currency, columns };
    const started = startStack({ node, programs, port, theme, say, ...data, embeds, ...month?.stack });
    // Once something else has gone wrong, what the start then says of it is of no interest.
    const lived = started.then(async (stack) => {
      await letTimePass({ node, stack, shop, month, programs, say });
      return stack;
    });
    lived.catch(() => {});
    const stack = await Promise.race([lived, stopped]);
    if (stack) {
      console.log(`\nReady\n\n  storefront  ${stack.origin}/\n  admin       ${stack.origin}/admin\n`);
      console.log("Ctrl-C stops everything.");
      await stopped;
    }
  } finally {
    // A second Ctrl-C must not cut the stopping short and leave something running.
    for (const signal of signals) process.on(signal, () => {});
    console.log("\nStopping ...");
    await programs.stop();
  }
  process.exit(0);
}
