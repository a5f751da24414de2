import { amountWriter, type Hundredths } from "./money.ts";

/**
 * A widget that Liquid has rendered in full: the script only keeps it up to date. Its element has the class
 * `tsuide-widget` and carries the currency (`data-currency`, `data-unit`, `data-sample`, `data-locale`), and a JSON
 * script marked `data-texts` its texts, with "%" where a value goes. Private members are `#names`: the bundler shortens
 * those.
 */
export abstract class Widget<Text extends string> extends HTMLElement {
  declare texts: Readonly<Record<Text, string>>;
  declare money: (amount: Hundredths) => string;
  /** Aborted when the element leaves the page: whatever `start` began ends with it. */
  declare signal: AbortSignal;
  #leaving?: AbortController;

  connectedCallback() {
    whenParsed(() => {
      if (!this.isConnected || !this.at("texts")) return;
      this.disconnectedCallback();
      this.signal = (this.#leaving = new AbortController()).signal;
      if (!this.texts) this.#prepareOnce();
      this.start();
    });
  }

  disconnectedCallback() {
    this.#leaving?.abort();
  }

  #prepareOnce() {
    const { sample, currency = "", locale = "" } = this.dataset;
    this.texts = JSON.parse(this.at("texts").textContent) as Record<Text, string>;
    this.money = amountWriter(sample, currency, locale, this.unit);
    this.prepare();
  }

  /** The currency's smallest unit, in hundredths. */
  get unit(): Hundredths {
    return Number(this.dataset.unit);
  }

  /** An amount in the currency's smallest units. */
  minor(amount: Hundredths): number {
    return Math.round(amount / this.unit);
  }

  /** Called once, when the element has its children. */
  protected prepare() {}

  /** Called each time that the element comes onto the page. */
  protected abstract start(): void;

  /** A text with its value. */
  text(name: Text, value: string | number = ""): string {
    return this.texts[name].replace("%", () => String(value));
  }

  /** The part that Liquid marked with `data-<name>`; it may be absent, whatever the type says. */
  at<Part extends HTMLElement = HTMLElement>(name: string, within: Element = this): Part {
    return within.querySelector<Part>(`[data-${name}]`)!;
  }

  /** All parts marked with `data-<name>`. */
  all<Part extends HTMLElement = HTMLElement>(name: string): Part[] {
    return [...this.querySelectorAll<Part>(`[data-${name}]`)];
  }

  /** Writes a text into the part marked with `data-<name>`. */
  put(name: string, text: string) {
    put(this.at(name), text);
  }

  /** Says something in the live region, the part `status`, and returns that. */
  say(text: string, tone = ""): HTMLElement {
    const status = this.at("status");
    status.dataset.tone = tone;
    status.textContent = text;
    return status;
  }

  /**
   * Writes a price as the snippet `tsuide-price` renders it, with its parts `now`, `before` and perhaps `saving`. What is
   * no saving is not shown.
   *
   * @param now What is to be paid.
   * @param text How the price is written, where it is more than an amount.
   */
  showPrice(within: Element, before: Hundredths, now: Hundredths, text = this.money(now)) {
    const [regular, saving] = [this.at("before", within), this.at("saving", within)];
    put(this.at("now", within), text);
    put(regular.querySelector("s")!, this.money(before));
    regular.hidden = now >= before;
    if (!saving) return;
    put(
      saving,
      saving.dataset.saving!.replace("%", () => this.money(before - now)),
    );
    saving.hidden = now >= before;
  }
}

/** Writes a text where it differs: a live region reads out every write. */
export function put(element: Element, text: string) {
  if (element.textContent !== text) element.textContent = text;
}

/** The script may run before the page has been parsed. */
function whenParsed(run: () => void) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run, { once: true });
  else run();
}
