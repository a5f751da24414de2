import { createHash, createHmac } from "node:crypto";
import type { FilterImplOptions, Liquid } from "liquidjs";
import { formatHundredths } from "./money-format.ts";
import type { FileScope, PageScope } from "./page-scope.ts";
import { translate } from "./translate.ts";

type Named = Record<string, unknown>;

/** liquidjs hands `key: value` arguments over as [key, value] pairs after the positional ones. */
function splitArguments(args: unknown[]): { positional: unknown[]; named: Named } {
  const named: Named = {};
  const positional: unknown[] = [];
  for (const arg of args) {
    if (Array.isArray(arg) && arg.length === 2 && typeof arg[0] === "string") named[arg[0]] = arg[1];
    else positional.push(arg);
  }
  return { positional, named };
}

function escapeHtml(value: unknown): string {
  return String(value ?? "").replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function attributes(named: Named): string {
  return Object.entries(named)
    .filter(([, value]) => value !== null && value !== undefined && value !== false)
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join("");
}

/** JSON that is safe inside a `<script>`, as Shopify writes it. */
export function safeJson(value: unknown): string {
  const json = JSON.stringify(value ?? null) ?? "null";
  return json.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The picture of whatever Shopify's image filters accept: an image, a product, a variant, a line, an address. */
function pictureOf(value: unknown): { src: string; alt: string; width: number; height: number } | null {
  if (typeof value === "string") return value === "" ? null : { src: value, alt: "", width: 800, height: 800 };
  if (typeof value !== "object" || value === null) return null;
  const source = value as Named;
  if (typeof source.src === "string") return source as unknown as ReturnType<typeof pictureOf>;
  return pictureOf(source.featured_image ?? source.image ?? null);
}

function imageUrl(value: unknown, named: Named): string {
  const picture = pictureOf(value);
  if (!picture) return "";
  const url = new URL(picture.src, "http://local");
  for (const name of ["width", "height", "crop", "format"]) {
    if (named[name] !== undefined && named[name] !== null) url.searchParams.set(name, String(named[name]));
  }
  return url.pathname + url.search;
}

function imageTag(value: unknown, named: Named): string {
  const url = new URL(String(value), "http://local");
  const width = named.width ?? url.searchParams.get("width");
  const { widths, sizes, preload: _preload, ...rest } = named;
  const candidates = String(widths ?? "")
    .split(",")
    .map((each) => Number(each.trim()))
    .filter((each) => each > 0);
  const srcset = candidates.map((each) => `${url.pathname}?width=${each} ${each}w`).join(", ");
  const height = rest.height ?? url.searchParams.get("height") ?? width;
  const all = { src: url.pathname + url.search, alt: "", srcset: srcset || null, sizes, width, ...rest, height };
  return `<img${attributes(all)}>`;
}

const DATE_PRESETS: Record<string, Intl.DateTimeFormatOptions> = {
  abbreviated_date: { year: "numeric", month: "short", day: "numeric" },
  basic: { year: "numeric", month: "numeric", day: "numeric" },
  date: { year: "numeric", month: "long", day: "numeric" },
};

function placeholderSvg(name: unknown, cssClass: unknown): string {
  return `<svg class="${escapeHtml(cssClass ?? "placeholder-svg")}" viewBox="0 0 100 100" role="img" aria-label="${escapeHtml(name)}"><rect width="100" height="100" fill="#ece7de"/></svg>`;
}

function pageLinks(paginate: Named): string {
  const parts = (paginate.parts as { title: string; url: string; is_link: boolean }[]) ?? [];
  return parts
    .map(({ title, url, is_link }) =>
      is_link
        ? `<span class="page"><a href="${escapeHtml(url)}">${title}</a></span>`
        : `<span class="page current">${title}</span>`,
    )
    .join(" ");
}

type Filter = (this: Scopes, value: unknown, positional: unknown[], named: Named) => unknown;
interface Scopes {
  page: PageScope;
  file: FileScope;
}

const FILTERS: Record<string, Filter> = {
  money(value) {
    return formatHundredths(value, this.page.visitor.currency);
  },
  money_with_currency(value) {
    const { currency } = this.page.visitor;
    const text = formatHundredths(value, currency);
    return text === "" ? "" : `${text} ${currency}`;
  },
  money_without_trailing_zeros(value) {
    return formatHundredths(value, this.page.visitor.currency, true);
  },
  money_without_currency(value) {
    return formatHundredths(value, this.page.visitor.currency).replace(/[^\d.,-]/g, "");
  },
  t(value, _positional, named) {
    return translate(this.file.translations, String(value), named);
  },
  asset_url(value) {
    return this.file.assetUrl(String(value));
  },
  file_url(value) {
    return this.file.assetUrl(String(value));
  },
  shopify_asset_url(value) {
    return `/__shopify/${String(value)}`;
  },
  asset_img_url(value) {
    return this.file.assetUrl(String(value));
  },
  stylesheet_tag(value, _positional, named) {
    const { preload: _preload, ...rest } = named;
    return `<link href="${escapeHtml(value)}" rel="stylesheet" type="text/css" media="all"${attributes(rest)} />`;
  },
  script_tag: (value) => `<script src="${escapeHtml(value)}" type="text/javascript"></script>`,
  preload_tag: (value, _positional, named) => `<link rel="preload" href="${escapeHtml(value)}"${attributes(named)}>`,
  image_url: (value, _positional, named) => imageUrl(value, named),
  img_url: (value) => imageUrl(value, {}),
  product_img_url: (value) => imageUrl(value, {}),
  image_tag: (value, _positional, named) => imageTag(value, named),
  placeholder_svg_tag: (value, positional) => placeholderSvg(value, positional[0]),
  json: (value) => safeJson(value),
  structured_data: (value) =>
    safeJson({ "@context": "http://schema.org/", "@type": "Product", name: (value as Named | null)?.title }),
  handle: (value) => handleOf(value),
  handleize: (value) => handleOf(value),
  camelize: (value) => handleOf(value).replace(/(^|-)(\w)/g, (_whole, _dash, letter: string) => letter.toUpperCase()),
  pluralize: (value, positional) => (Number(value) === 1 ? positional[0] : positional[1]),
  link_to: (value, positional, named) =>
    `<a href="${escapeHtml(positional[0])}"${positional[1] ? ` title="${escapeHtml(positional[1])}"` : ""}${attributes(named)}>${String(value ?? "")}</a>`,
  link_to_vendor: (value) =>
    `<a href="/collections/vendors?q=${encodeURIComponent(String(value))}">${escapeHtml(value)}</a>`,
  link_to_type: (value) =>
    `<a href="/collections/types?q=${encodeURIComponent(String(value))}">${escapeHtml(value)}</a>`,
  url_for_vendor: (value) => `/collections/vendors?q=${encodeURIComponent(String(value))}`,
  url_for_type: (value) => `/collections/types?q=${encodeURIComponent(String(value))}`,
  within: (value, positional) => `${String((positional[0] as Named | null)?.url ?? "")}${String(value)}`,
  sort_by(value, positional) {
    return `${String(value)}?sort_by=${encodeURIComponent(String(positional[0]))}`;
  },
  highlight: (value, positional) =>
    escapeHtml(value).replaceAll(
      escapeHtml(positional[0]),
      `<strong class="highlight">${escapeHtml(positional[0])}</strong>`,
    ),
  default_pagination: (value) => pageLinks((value ?? {}) as Named),
  default_errors: (value) => (Array.isArray(value) ? value.map(escapeHtml).join(" ") : ""),
  weight_with_unit: (value, positional) =>
    `${(Number(value) / 1000).toLocaleString("en")} ${String(positional[0] ?? "kg")}`,
  time_tag: (value, positional) => `<time datetime="${escapeHtml(value)}">${escapeHtml(positional[0] ?? value)}</time>`,
  metafield_tag: (value) => `<span class="metafield">${escapeHtml((value as Named | null)?.value)}</span>`,
  metafield_text: (value) => String((value as Named | null)?.value ?? ""),
  payment_type_svg_tag: (value) => `<svg role="img" aria-label="${escapeHtml(value)}" viewBox="0 0 38 24"></svg>`,
  payment_button: () => "",
  payment_terms: () => "",
  md5: (value) => createHash("md5").update(String(value)).digest("hex"),
  sha1: (value) => createHash("sha1").update(String(value)).digest("hex"),
  hmac_sha1: (value, positional) => createHmac("sha1", String(positional[0])).update(String(value)).digest("hex"),
  base64_url_safe_encode: (value) => Buffer.from(String(value)).toString("base64url"),
  base64_url_safe_decode: (value) => Buffer.from(String(value), "base64url").toString("utf8"),
  url_escape: (value) => encodeURI(String(value)),
  url_param_escape: (value) => encodeURIComponent(String(value)),
  color_to_rgb: (value) => colorToRgb(String(value)),
  color_brightness: (value) => {
    const [r = 0, g = 0, b = 0] = colorToRgb(String(value)).match(/\d+/g)?.map(Number) ?? [];
    return ((r * 299 + g * 587 + b * 114) / 1000).toFixed(2);
  },
  color_modify: (value, positional) => {
    const channels = colorToRgb(String(value)).match(/\d+/g)?.slice(0, 3).join(", ");
    return positional[0] === "alpha" ? `rgba(${channels}, ${String(positional[1])})` : value;
  },
  format_address: () => "",
  item_count_for_variant(_value, positional) {
    const id = String(positional[0]);
    const lines = this.page.priced.lines.filter(({ variant }) => variant.id === id);
    return lines.reduce((sum, { line }) => sum + line.quantity, 0);
  },
  line_items_for: (value, positional) => {
    const id = (positional[0] as Named | null)?.id;
    return ((value as { items?: Named[] }).items ?? []).filter(
      (item) => item.product_id === id || item.variant_id === id,
    );
  },
  standard_event: () => "",
};

function handleOf(value: unknown): string {
  return String(value ?? "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

function colorToRgb(value: string): string {
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value.trim())?.[1];
  if (!hex) return value;
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
  const [r, g, b] = [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16));
  return `rgb(${r}, ${g}, ${b})`;
}

/** Registers Shopify's filters. liquidjs's own `date` is kept, given Shopify's named formats and the shop's clock. */
export function registerFilters(engine: Liquid, file: () => FileScope): void {
  for (const [name, filter] of Object.entries(FILTERS)) {
    engine.registerFilter(name, function (this: { context: { globals: object } }, value: unknown, ...args: unknown[]) {
      const page = (this.context.globals as { __scope: PageScope }).__scope;
      const { positional, named } = splitArguments(args);
      return filter.call({ page, file: file() }, value, positional, named);
    } as FilterImplOptions);
  }
  const date = engine.filters.date as (this: unknown, ...args: unknown[]) => unknown;
  engine.registerFilter("date", function (this: { context: { globals: object } }, value: unknown, ...args: unknown[]) {
    const { positional, named } = splitArguments(args);
    const preset = DATE_PRESETS[String(named.format)];
    const { visitor, context } = (this.context.globals as { __scope: PageScope }).__scope;
    const isNow = value === "now" || value === "today";
    if (!preset) return date.call(this, isNow ? new Date(context.now()) : value, ...positional);
    const at = isNow ? context.now() : new Date(String(value)).getTime();
    return new Intl.DateTimeFormat(visitor.locale, { ...preset, timeZone: context.shop.timezone }).format(at);
  } as FilterImplOptions);
}
