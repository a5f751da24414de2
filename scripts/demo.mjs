// `npm run demo`: the whole of Tsuide on one machine, with no Shopify account and no network once installed.
//
//   --shop en|ja     which of the two built-in shops (default en)
//   --orders FILE    a shop made from an order file instead: plain CSV or Shopify's order export, .gz too
//   --currency CODE  that shop's currency (default GBP)
//   --port N         the storefront's port; the app takes the next one (default 4000)
//   --fresh          forget what earlier runs kept in .data
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureInstalled, nodeForTypeScript } from "./setup/install.mjs";
import { fail, PlainError } from "./setup/plain-error.mjs";

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        shop: { type: "string", default: "en" },
        orders: { type: "string" },
        currency: { type: "string", default: "GBP" },
        port: { type: "string", default: "4000" },
        fresh: { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    throw new PlainError(`${error.message} (--orders FILE, --shop en|ja, --currency CODE, --port N, --fresh)`);
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1024 || port > 65_533) {
    throw new PlainError(`--port wants a number from 1024 to 65533, not "${values.port}".`);
  }
  if (!["en", "ja"].includes(values.shop)) throw new PlainError(`--shop wants en or ja, not "${values.shop}".`);
  if (!/^[A-Z]{3}$/.test(values.currency)) throw new PlainError(`--currency wants a code such as GBP or JPY.`);
  let orders = null;
  if (values.orders !== undefined) {
    orders = resolve(process.env.INIT_CWD ?? process.cwd(), values.orders);
    if (!existsSync(orders) || !statSync(orders).isFile()) throw new PlainError(`There is no file ${values.orders}.`);
  }
  return { ...values, port, orders };
}

try {
  const options = readOptions();
  ensureInstalled();
  const node = nodeForTypeScript();
  const { runDemo } = await import("./demo/run-demo.mjs");
  await runDemo({ ...options, node });
} catch (error) {
  fail(error);
}
