import { getRequestListener } from "@hono/node-server";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { Config } from "./config.ts";
import type { FlowContext } from "../flows/context.ts";
import { receiveWebhooks } from "../flows/receive-webhook.ts";
import { readHealth } from "../flows/shop/read-health.ts";
import { appendEvents, countRefusedEvents, findEventShop } from "../flows/measurement/receive-events.ts";
import { EventIntake, type EventIntakeOptions } from "./event-intake.ts";
import { EventShops } from "./event-shops.ts";
import { createHttpApp, type Pages } from "./http-app.ts";
import { listen } from "./listener.ts";
import { createRateLimits, type RateLimits } from "./rate-limits.ts";
import { WebhookIntake, type IntakeOptions } from "./webhook-intake.ts";

export interface ServerOptions {
  readonly settings: Pick<Config, "appUrl" | "apiSecret" | "proxies">;
  /** Of webhooks and health. */
  readonly context: FlowContext;
  readonly pages: Pages;
  readonly files: string;
  readonly port: number;
  readonly host?: string;
  /** What sees a request before the app does. */
  readonly before?: (next: RequestListener) => RequestListener;
  readonly limits?: RateLimits;
  readonly intake?: Partial<IntakeOptions>;
  readonly eventIntake?: Partial<EventIntakeOptions>;
}

export interface RunningServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts the server; rejects where its port cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { settings, context } = options;
  const { log, now } = context;
  const intake = new WebhookIntake({ store: (webhooks) => receiveWebhooks(webhooks, context), log, ...options.intake });
  const eventIntake = new EventIntake({
    append: (events) => appendEvents(events, context),
    countRefused: (refused) => countRefusedEvents(refused, context),
    log,
    ...options.eventIntake,
  });
  const app = createHttpApp({
    appUrl: settings.appUrl,
    apiSecret: settings.apiSecret,
    log,
    now,
    limits: options.limits ?? createRateLimits({ proxies: settings.proxies }),
    intake,
    events: { context, shops: new EventShops((shop) => findEventShop(shop, context)), intake: eventIntake },
    health: () => readHealth(context),
    pages: options.pages,
    files: options.files,
  });
  const answer = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      log.warn({ status: 400, reason: error instanceof Error ? error.message : "address" }, "request refused");
      return new Response(null, { status: 400 });
    },
  });
  const listener: RequestListener = (request, response) => void answer(request, response);
  const { server, stop } = await listen(options.before?.(listener) ?? listener, {
    port: options.port,
    log,
    ...(options.host === undefined ? {} : { host: options.host }),
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      await stop();
      intake.close();
      await eventIntake.close();
    },
  };
}
