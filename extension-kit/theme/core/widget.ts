import { amountWriter, type Hundredths } from "./money.ts";

/**
 * A widget that Liquid has rendered in full: the script only keeps it up to date. Its element carries the currency
 * (`data-currency`, `data-unit`, `data-sample`, `data-locale`), and a JSON script marked `data-texts` its texts, with
 * "%" where a value goes.
 */
export abstract class Widget<Text extends string> extends HTMLElement {
  texts!: Readonly<Record<Text, string>>;
  money!: (amount: Hundredths) => string;
  private isPrepared = false;

  connectedCallback() {
    whenParsed(() => {
      if (!this.isConnected || !this.at("texts")) return;
      if (!this.isPrepared) this.prepareOnce();
      this.start();
    });
  }

  private prepareOnce() {
    this.isPrepared = true;
    const { sample, currency = "", locale = "" } = this.dataset;
    this.texts = JSON.parse(this.at("texts").textContent) as Record<Text, string>;
    this.money = amountWriter(sample, currency, locale, this.unit);
    this.prepare();
  }

  /** The currency's smallest unit, in hundredths. */
  get unit(): Hundredths {
    return Number(this.dataset.unit);
  }

  /** Called once, when the element has its children. */
  protected prepare() {}

  /** Called each time that the element comes onto the page. */
  protected abstract start(): void;

  /** A text with its value. */
  text(name: Text, value: string | number = ""): string {
    return this.texts[name].replace("%", () => String(value));
  }

  /** The part that Liquid marked with `data-<name>`. */
  at<Part extends HTMLElement = HTMLElement>(name: string): Part {
    return this.querySelector<Part>(`[data-${name}]`)!;
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
