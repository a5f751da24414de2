// `npm run demo`: the whole of Tsuide on one machine, with no Shopify account and no network once installed.
//
//   --shop en|ja     which of the two built-in shops (default en)
//   --orders FILE    a shop made from an order file instead, as "npm run mine" reads it; several times for several files
//   --columns LIST   that file's columns by name, such as "order=Belegnummer,item=Artikel"
//   --theme THEME    the theme that shoppers see: a shipped one by name, or any theme's folder (default plain)
//   --currency CODE  that shop's currency (default: the file's own)
//   --port N         the storefront's port; the app takes the next one (default 4000)
//   --fresh          forget what earlier runs kept in .data
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureInstalled, nodeForTypeScript, ROOT } from "./setup/install.mjs";
import { fail, PlainError } from "./setup/plain-error.mjs";

const USAGE = `npm run demo -- [OPTIONS]
  --shop en|ja     which of the two built-in shops (default en)
  --orders FILE    a shop made from your own orders: Shopify's order export, another system's, or a CSV file with the
                   columns order_id and item_id; several times for several files that are read as one
  --columns LIST   that file's columns by name, such as "order=Belegnummer,item=Artikel"
  --currency CODE  that shop's currency (default: the file's own)
  --theme THEME    the theme that shoppers see: a shipped one by name, or any theme's folder (default plain)
  --port N         the storefront's port; the app takes the next one (default 4000)
  --fresh          forget what earlier runs kept in .data
  --help           show this`;

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        shop: { type: "string", default: "en" },
        orders: { type: "string", multiple: true },
        columns: { type: "string" },
        theme: { type: "string", default: "plain" },
        currency: { type: "string" },
        port: { type: "string", default: "4000" },
        fresh: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }));
  } catch (error) {
    throw new PlainError(
      `${error.message} (--orders FILE, --columns LIST, --shop en|ja, --theme THEME, --currency CODE, --port N, --fresh, --help)`,
    );
  }
  if (values.help) return null;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1024 || port > 65_533) {
    throw new PlainError(`--port wants a number from 1024 to 65533, not "${values.port}".`);
  }
  if (!["en", "ja"].includes(values.shop)) throw new PlainError(`--shop wants en or ja, not "${values.shop}".`);
  if (values.currency !== undefined && !/^[A-Z]{3}$/.test(values.currency))
    throw new PlainError(`--currency wants a code such as GBP or JPY.`);
  let orders = null;
  if (values.orders !== undefined) {
    orders = values.orders.map((file) => {
      const path = resolve(process.env.INIT_CWD ?? process.cwd(), file);
      if (!existsSync(path) || !statSync(path).isFile()) throw new PlainError(`There is no file ${file}.`);
      return path;
    });
  }
  return {
    ...values,
    port,
    orders,
    currency: values.currency ?? null,
    columns: values.columns ?? null,
    theme: themeOf(values.theme),
  };
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
  if (options === null) console.log(USAGE);
  else {
    ensureInstalled();
    const node = nodeForTypeScript();
    const { runDemo } = await import("./demo/run-demo.mjs");
    await runDemo({ ...options, node });
  }
} catch (error) {
  fail(error);
}
