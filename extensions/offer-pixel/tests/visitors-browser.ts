import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { bundlePixel, findPixel } from "../../../test/dev-store/pixel/pixel-extension.ts";
import type { EventBatch, SentEvent } from "../src/domain.ts";
import type { Consent, PixelApi, PixelEvent, PixelStorage } from "../src/shopify-pixel.ts";

export const START = Date.parse("2026-11-20T12:00:00Z");

export const extension = findPixel(join(import.meta.dirname, "..", ".."))!;
/** What is uploaded to Shopify. */
export const code = await bundlePixel(extension);

const storageOf = (texts: Map<string, string>): PixelStorage => ({
  getItem: async (key) => texts.get(key) ?? null,
  setItem: async (key, value) => void texts.set(key, value),
  removeItem: async (key) => void texts.delete(key),
});

interface Answer {
  status: number;
  retryAfter?: string;
}

/** A visitor's browser: what it keeps from one page to the next, and its clock. */
export class VisitorsBrowser {
  now = START;
  /** The cart's cookie. */
  cart = "";
  /** What is kept for the visit, and below for longer. */
  session = new Map<string, string>();
  readonly local = new Map<string, string>();
  #events = 0;

  /**
   * Starts the built pixel, as each page does, in a sandbox that has what Shopify's strict sandbox has, and nothing of a page.
   * Timers run when the test says so, and requests are answered as it says.
   */
  openPage(options: { settings?: object; consent?: Consent } = {}) {
    const timers: { at: number; run: () => void }[] = [];
    const requests: { address: string; keepalive: boolean; batch: EventBatch }[] = [];
    const answers: (Answer | "lost")[] = [];
    const heard = new Map<string, (event: PixelEvent) => void>();
    let collect: ((event: { customerPrivacy: Consent }) => void) | undefined;
    const fetch = async (address: string, { body, keepalive }: { body: string; keepalive: boolean }) => {
      requests.push({ address, keepalive, batch: JSON.parse(body) as EventBatch });
      const answer = answers.shift() ?? { status: 202 };
      if (answer === "lost") throw new TypeError("Failed to fetch");
      const { status, retryAfter } = answer;
      return {
        ok: status < 300,
        status,
        headers: new Headers(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
      };
    };
    const clock = () => this.now;
    class FixedDate extends Date {
      static override now = clock;
    }
    const api: PixelApi = {
      analytics: { subscribe: (name, callback) => void heard.set(name, callback) },
      browser: {
        sessionStorage: storageOf(this.session),
        localStorage: storageOf(this.local),
        cookie: { get: async (name) => (name === "cart" ? this.cart : "") },
      },
      init: options.consent === undefined ? {} : { customerPrivacy: options.consent },
      settings: { token: "the-token", endpoint: "https://app.test/events", ...options.settings },
      customerPrivacy: { subscribe: (_, callback) => void (collect = callback) },
    };
    const random = Object.assign(Object.create(Math) as Math, { random: () => 0.5 });
    runInNewContext(code, {
      fetch,
      setTimeout: (run: () => void, wait: number) => timers.push({ at: this.now + wait, run }),
      ...{ Date: FixedDate, Math: random, URL },
      shopify: {
        extend: (point: string, pixel: (given: PixelApi) => void) => point === "WebPixel::Render" && pixel(api),
      },
    });
    return {
      heard,
      requests,
      answers,
      /** What the visitor decides in the banner. */
      decide: (analyticsProcessingAllowed: boolean) => collect?.({ customerPrivacy: { analyticsProcessingAllowed } }),
      /** An event as Shopify gives it to a pixel. */
      emit: (name: string, given: Partial<PixelEvent> = {}) => {
        const id = `sh-${this.#events++}`;
        heard.get(name)?.({ id, name, timestamp: new Date(this.now).toISOString(), clientId: "browser-1", ...given });
      },
      /** Lets time pass, and what is due happen. */
      pass: async (milliseconds: number) => {
        const end = this.now + milliseconds;
        for (;;) {
          await settle();
          const next = timers.toSorted((a, b) => a.at - b.at)[0];
          if (next === undefined || next.at > end) break;
          timers.splice(timers.indexOf(next), 1);
          this.now = next.at;
          next.run();
        }
        this.now = end;
        await settle();
      },
      sent: (): SentEvent[] => requests.flatMap(({ batch }) => batch.events),
    };
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
/** What a widget says of offers that are seen. */
export const seen = (...claims: unknown[]) => ({ customData: { claims } });
