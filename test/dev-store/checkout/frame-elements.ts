/** The `s-*` elements of checkout, drawn close to Shopify's: what an extension may use, and nothing of the page. */

const GAPS: Record<string, string> = {
  none: "0",
  "small-500": "2px",
  "small-400": "4px",
  "small-300": "6px",
  "small-200": "8px",
  "small-100": "10px",
  small: "10px",
  base: "14px",
  large: "20px",
  "large-100": "20px",
  "large-200": "26px",
  "large-300": "32px",
  "large-400": "40px",
  "large-500": "48px",
};

const space = (value: string | null) =>
  (value ?? "")
    .split(/\s+/)
    .filter(Boolean)
    .map((each) => GAPS[each] ?? each)
    .join(" ");
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** What an element's attributes say; names are lower case, as HTML keeps them. */
type Read = (name: string) => string | null;

interface Drawing {
  /** Styles of the element itself. */
  host?(read: Read): Record<string, string>;
  /** What is inside it; `<slot>` stands for its children. */
  inside(read: Read, is: (name: string) => boolean): string;
  style?: string;
}

function boxStyles(read: Read): Record<string, string> {
  const background = read("background");
  const border = read("border") ?? read("borderwidth");
  return {
    padding: space(read("padding")),
    "padding-block": space(read("paddingblock")),
    "padding-inline": space(read("paddinginline")),
    background: background === "subdued" ? "#f5f5f5" : background === "base" ? "#fff" : "",
    border: border && border !== "none" ? "1px solid #dedede" : "",
    "border-radius": read("borderradius") && read("borderradius") !== "none" ? "6px" : "",
    "inline-size": read("inlinesize") ?? "",
    "max-inline-size": read("maxinlinesize") ?? "",
    "min-block-size": read("minblocksize") ?? "",
    overflow: read("overflow") ?? "",
  };
}

function stackStyles(read: Read): Record<string, string> {
  const inline = read("direction") === "inline";
  return {
    display: "flex",
    "flex-direction": inline ? "row" : "column",
    "flex-wrap": inline ? "wrap" : "nowrap",
    "row-gap": space(read("rowgap") ?? read("gap")),
    "column-gap": space(read("columngap") ?? read("gap")),
    "align-items": read("alignitems") ?? (inline ? "center" : "stretch"),
    "justify-content": read("justifycontent") ?? "",
    ...boxStyles(read),
  };
}

function gridStyles(read: Read): Record<string, string> {
  return {
    display: "grid",
    "grid-template-columns": read("gridtemplatecolumns") ?? "",
    "grid-template-rows": read("gridtemplaterows") ?? "",
    gap: space(read("gap")),
    "align-items": read("alignitems") ?? "",
    "justify-content": read("justifycontent") ?? "",
    ...boxStyles(read),
  };
}

const TONES: Record<string, string> = { success: "#1a7b3d", critical: "#c22", warning: "#8a6100", info: "#1773b0" };

function textStyles(read: Read): Record<string, string> {
  const type = read("type");
  return {
    color: TONES[read("tone") ?? ""] ?? (read("color") === "subdued" || type === "redundant" ? "#666" : ""),
    "font-weight": type === "strong" ? "600" : "",
    "font-size": type === "small" ? "12px" : "",
    "font-style": type === "emphasis" ? "italic" : "",
    "text-decoration": type === "redundant" ? "line-through" : "",
  };
}

const SPINNER = `<span class="spin" part="spinner"></span>`;
const BUTTON_STYLE = `
  :host { display: inline-block; }
  button, a { display: inline-flex; align-items: center; justify-content: center; gap: 8px; box-sizing: border-box; width: 100%; min-height: 44px; padding: 6px 16px; border-radius: 6px; border: 1px solid #dedede; background: #fff; color: #1773b0; font: 600 14px/1.3 inherit; font-family: inherit; cursor: pointer; text-decoration: none; }
  button:hover, a:hover { border-color: #1773b0; }
  .primary { background: #1773b0; color: #fff; border-color: #1773b0; }
  .pressed { background: #e8f1f8; border-color: #1773b0; }
  button[disabled] { opacity: .55; cursor: default; }
  :focus-visible { outline: 2px solid #1773b0; outline-offset: 2px; }
  .spin { width: 16px; height: 16px; border-radius: 50%; border: 2px solid currentColor; border-right-color: transparent; animation: turn .8s linear infinite; }
  @keyframes turn { to { transform: rotate(1turn); } }
  @media (prefers-reduced-motion: reduce) { .spin { animation-duration: 3s; } }`;

function buttonInside(read: Read, is: (name: string) => boolean): string {
  const label = read("accessibilitylabel");
  const name = label ? ` aria-label="${escapeHtml(label)}"` : "";
  const style = `${read("variant") === "primary" ? "primary" : ""}${is("pressed") ? " pressed" : ""}`;
  const href = read("href");
  if (href) return `<a class="${style}" href="${escapeHtml(href)}" target="_top"${name}><slot></slot></a>`;
  const busy = is("loading");
  return `<button type="button" class="${style}"${is("disabled") || busy ? " disabled" : ""}${busy ? ' aria-busy="true"' : ""}${name}>${busy ? SPINNER : ""}<slot></slot></button>`;
}

function thumbnail(read: Read): string {
  const count = read("totalitems");
  const src = read("src");
  return `${src ? `<img src="${escapeHtml(src)}" alt="${escapeHtml(read("alt") ?? "")}">` : "<span></span>"}${count ? `<b>${escapeHtml(count)}</b>` : ""}`;
}

const slot = () => "<slot></slot>";

const DRAWINGS: Record<string, Drawing> = {
  "s-stack": { host: stackStyles, inside: slot },
  "s-box": { host: (read) => ({ display: "block", ...boxStyles(read) }), inside: slot },
  "s-section": {
    host: (read) => ({ display: "block", ...boxStyles(read) }),
    inside: (read) => `${read("heading") ? `<h2>${escapeHtml(read("heading")!)}</h2>` : ""}<slot></slot>`,
    style: "h2 { font-size: 16px; margin: 0 0 12px; }",
  },
  "s-grid": { host: gridStyles, inside: slot },
  "s-grid-item": {
    host: (read) => ({ display: "block", "grid-column": read("gridcolumn") ?? "", ...boxStyles(read) }),
    inside: slot,
  },
  "s-text": { host: textStyles, inside: slot },
  "s-paragraph": { host: (read) => ({ display: "block", ...textStyles(read) }), inside: slot },
  "s-heading": {
    inside: () => "<h2><slot></slot></h2>",
    style: ":host { display: block; } h2 { font-size: 16px; line-height: 1.35; font-weight: 600; margin: 0; }",
  },
  "s-button": {
    host: (read) => ({ "inline-size": read("inlinesize") === "fill" ? "100%" : "" }),
    inside: buttonInside,
    style: BUTTON_STYLE,
  },
  "s-press-button": { inside: buttonInside, style: BUTTON_STYLE },
  "s-link": {
    inside: (read) => {
      const label = read("accessibilitylabel");
      const name = label ? ` aria-label="${escapeHtml(label)}"` : "";
      const href = read("href");
      return href
        ? `<a href="${escapeHtml(href)}" target="_top"${name}><slot></slot></a>`
        : `<button type="button"${name}><slot></slot></button>`;
    },
    style:
      "a, button { color: #1773b0; font: inherit; background: none; border: 0; padding: 4px 0; min-height: 28px; text-align: start; text-decoration: underline; cursor: pointer; } :focus-visible { outline: 2px solid #1773b0; outline-offset: 2px; }",
  },
  "s-image": {
    host: () => ({ display: "block" }),
    inside: (read) =>
      `<img src="${escapeHtml(read("src") ?? "")}" alt="${escapeHtml(read("alt") ?? "")}" loading="lazy">`,
    style: "img { display: block; max-width: 100%; border-radius: inherit; }",
  },
  "s-product-thumbnail": {
    inside: thumbnail,
    style:
      ":host { position: relative; display: block; width: 64px; } img, span { display: block; width: 64px; height: 64px; object-fit: cover; border: 1px solid #dedede; border-radius: 8px; background: #fff; box-sizing: border-box; } b { position: absolute; top: -8px; right: -8px; min-width: 20px; border-radius: 99px; background: #666; color: #fff; font-size: 12px; text-align: center; }",
  },
  "s-banner": {
    host: (read) => ({ display: read("hidden") === null ? "block" : "none" }),
    inside: (read) =>
      `<div role="${read("tone") === "critical" ? "alert" : "status"}" class="${escapeHtml(read("tone") ?? "")}">${read("heading") ? `<strong>${escapeHtml(read("heading")!)}</strong>` : ""}<slot></slot></div>`,
    style:
      "div { border: 1px solid #bcd6ea; background: #eff6fb; border-radius: 6px; padding: 12px 14px; } .critical { border-color: #e0b4b4; background: #fff4f4; } .success { border-color: #b4dcc0; background: #f1faf3; } .warning { border-color: #e6d4a3; background: #fdf8ea; } strong { display: block; }",
  },
  "s-badge": {
    inside: slot,
    style:
      ":host { display: inline-block; background: #eee; border-radius: 99px; padding: 1px 10px; font-size: 12px; }",
  },
  "s-divider": {
    inside: () => "<hr>",
    style: ":host { display: block; } hr { border: 0; border-top: 1px solid #dedede; margin: 0; }",
  },
  "s-progress": {
    inside: (read) => {
      const max = Number(read("max") ?? 1) || 1;
      const value = Math.min(max, Math.max(0, Number(read("value") ?? 0)));
      return `<div role="progressbar" aria-label="${escapeHtml(read("accessibilitylabel") ?? "")}" aria-valuemin="0" aria-valuemax="${max}" aria-valuenow="${value}"><i style="width:${(value / max) * 100}%"></i></div>`;
    },
    style:
      ":host { display: block; } div { height: 6px; border-radius: 99px; background: #e3e3e3; overflow: hidden; } i { display: block; height: 100%; border-radius: 99px; background: #1773b0; transition: width .4s; }",
  },
  "s-spinner": { inside: () => SPINNER, style: BUTTON_STYLE },
  "s-skeleton-paragraph": {
    inside: () => "<i></i><i></i>",
    style:
      ":host { display: block; } i { display: block; height: 12px; margin: 6px 0; border-radius: 4px; background: #ececec; } i:last-child { width: 60%; }",
  },
  "s-unordered-list": {
    inside: () => "<ul><slot></slot></ul>",
    style: "ul { margin: 0; padding-inline-start: 20px; }",
  },
  "s-list-item": { host: () => ({ display: "list-item" }), inside: slot },
  "s-icon": { inside: () => "<span aria-hidden='true'>•</span>" },
  "s-time": { inside: slot },
  "s-abbreviation": { inside: slot },
};

const ATTRIBUTES = [
  ..."accessibilitylabel accessibilityrole alignitems alt background border borderradius borderwidth color columngap direction disabled gap".split(
    " ",
  ),
  ..."gridcolumn gridtemplatecolumns gridtemplaterows heading hidden href inlinesize justifycontent loading max maxinlinesize".split(
    " ",
  ),
  ..."minblocksize overflow padding paddingblock paddinginline pressed rowgap src tone totalitems type value variant".split(
    " ",
  ),
];

function elementFor(drawing: Drawing): CustomElementConstructor {
  return class extends HTMLElement {
    static observedAttributes = ATTRIBUTES;
    root = this.attachShadow({ mode: "open" });
    connectedCallback(): void {
      this.draw();
    }
    attributeChangedCallback(): void {
      if (this.isConnected) this.draw();
    }
    draw(): void {
      const read: Read = (name) => this.getAttribute(name);
      const is = (name: string) => this.hasAttribute(name) && this.getAttribute(name) !== "false";
      for (const [name, value] of Object.entries(drawing.host?.(read) ?? {})) this.style.setProperty(name, value);
      const role = read("accessibilityrole");
      if (role) this.setAttribute("role", role);
      const hadFocus = this.root.activeElement !== null;
      this.root.innerHTML = `<style>:host([hidden]) { display: none !important; } ${drawing.style ?? ""}</style>${drawing.inside(read, is)}`;
      if (hadFocus) this.root.querySelector<HTMLElement>("button, a, input")?.focus();
    }
  };
}

/** A checkbox keeps what was ticked when it is drawn again, and says so by `change`. */
class Checkbox extends HTMLElement {
  static observedAttributes = ["checked", "label", "disabled"];
  root = this.attachShadow({ mode: "open" });
  input = document.createElement("input");
  text = document.createElement("span");
  constructor() {
    super();
    const style = document.createElement("style");
    style.textContent =
      "label { display: flex; gap: 10px; align-items: center; min-height: 44px; cursor: pointer; } input { width: 18px; height: 18px; accent-color: #1773b0; }";
    const label = document.createElement("label");
    this.input.type = "checkbox";
    label.append(this.input, this.text);
    this.root.append(style, label);
    this.input.addEventListener("change", () => this.dispatchEvent(new Event("change", { bubbles: true })));
  }
  get checked(): boolean {
    return this.input.checked;
  }
  set checked(value: boolean) {
    this.input.checked = value;
  }
  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    if (name === "label") this.text.textContent = value;
    else if (name === "checked") this.input.checked = value !== null && value !== "false";
    else this.input.disabled = value !== null && value !== "false";
  }
}

/** Defines the elements once. An element that is not here stays an unknown element, as a misspelt one would. */
export function defineElements(): void {
  for (const [name, drawing] of Object.entries(DRAWINGS)) customElements.define(name, elementFor(drawing));
  customElements.define("s-checkbox", Checkbox);
}
