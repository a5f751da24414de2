import { compose, REAL_SURROUNDINGS } from "./composition.ts";
import { processConfig } from "./config.ts";
import { createLoadContext } from "./load-context.ts";
import { builtPages, CLIENT_FILES, pagesOfSources } from "./pages.ts";
import { startServer } from "./start-server.ts";
import { stopOnSignal } from "./stop-on-signal.ts";

/** `npm start`: the web app. With `--dev` it shows the sources as they are now, instead of the build. */
const DEFAULT_PORT = 3000;
/** Connections to the database: webhooks and health have their own, so that pages never keep them waiting. */
const PAGE_CONNECTIONS = 10;
const WEBHOOK_CONNECTIONS = 4;
/** Longer than the server itself waits for requests that run. */
const STOP_PATIENCE_MS = 15_000;

const settings = processConfig();
const context = compose(settings, { ...REAL_SURROUNDINGS, connections: WEBHOOK_CONNECTIONS });
const pageFlows = compose(settings, { ...REAL_SURROUNDINGS, connections: PAGE_CONNECTIONS });
const loadContext = createLoadContext(settings, pageFlows, REAL_SURROUNDINGS.fetch);
const { log } = context;
try {
  const development = process.argv.includes("--dev") ? await pagesOfSources(loadContext) : null;
  const server = await startServer({
    settings,
    context,
    pages: development?.pages ?? (await builtPages(loadContext)),
    files: CLIENT_FILES,
    port: settings.port ?? DEFAULT_PORT,
    ...(settings.host === null ? {} : { host: settings.host }),
    ...(development === null ? {} : { before: development.before }),
  });
  stopOnSignal({
    log,
    patienceMs: STOP_PATIENCE_MS,
    async stop() {
      await server.stop();
      await Promise.all([context, pageFlows].flatMap(({ database, events }) => [database.close(), events.close()]));
    },
  });
  log.info({ port: server.port }, "server ready");
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  log.error({ code, message }, "server could not start");
  process.stderr.write(code === "EADDRINUSE" ? `Port ${settings.port ?? DEFAULT_PORT} is in use.\n` : `${message}\n`);
  process.exit(1);
}
