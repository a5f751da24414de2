// `npm run demo`: the whole of Tsuide on one machine, with no Shopify account and no network once installed.
//
//   --shop en|ja     which of the two built-in shops (default en)
//   --orders FILE    a shop made from an order file instead: plain CSV or Shopify's order export, .gz too
//   --theme THEME    the theme that shoppers see: a shipped one by name, or any theme's folder (default plain)
//   --currency CODE  that shop's currency (default GBP)
//   --port N         the storefront's port; the app takes the next one (default 4000)
//   --fresh          forget what earlier runs kept in .data
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureInstalled, nodeForTypeScript, ROOT } from "./setup/install.mjs";
import { fail, PlainError } from "./setup/plain-error.mjs";

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        shop: { type: "string", default: "en" },
        orders: { type: "string" },
        theme: { type: "string", default: "plain" },
        currency: { type: "string", default: "GBP" },
        port: { type: "string", default: "4000" },
        fresh: { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    throw new PlainError(
      `${error.message} (--orders FILE, --shop en|ja, --theme THEME, --currency CODE, --port N, --fresh)`,
    );
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
  return { ...values, port, orders, theme: themeOf(values.theme) };
}

/** The name of a shipped theme, or the path of a folder that is a theme. */
function themeOf(given) {
  if (existsSync(join(ROOT, "test", "dev-store", "themes", given, "layout"))) return given;
  const folder = resolve(process.env.INIT_CWD ?? process.cwd(), given);
  if (existsSync(join(folder, "layout", "theme.liquid"))) return folder;
  const shipped = readdirSync(join(ROOT, "test", "dev-store", "themes")).join(", ");
  throw new PlainError(`There is no theme ${given}: name one of ${shipped}, or the folder of a theme.`);
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
