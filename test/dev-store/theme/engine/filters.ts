import { createHash, createHmac } from "node:crypto";
import { join } from "node:path";
import type { FilterImplOptions, Liquid } from "liquidjs";
import { COLOR_FILTERS } from "./color-filters.ts";
import { attributes, escapeHtml, escapeOnce, type Filter, type Named } from "./filter-types.ts";
import { Font } from "./font.ts";
import { MEDIA_FILTERS } from "./media-filters.ts";
import { formatHundredths } from "./money-format.ts";
import type { FileScope, PageScope } from "./page-scope.ts";
import { standardEventData } from "./standard-event-data.ts";
import { readText } from "./theme-files.ts";
import { translate } from "./translate.ts";

/** liquidjs passes `key: value` arguments as [key, value] pairs after the positional ones. */
function splitArguments(args: unknown[]): { positional: unknown[]; named: Named } {
  const named: Named = {};
  const positional: unknown[] = [];
  for (const arg of args) {
    if (Array.isArray(arg) && arg.length === 2 && typeof arg[0] === "string") named[arg[0]] = arg[1];
    else positional.push(arg);
  }
  return { positional, named };
}

/** JSON that is safe inside a `<script>`, as Shopify writes it. */
export function safeJson(value: unknown): string {
  const json = JSON.stringify(value ?? null) ?? "null";
  return json.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const DATE_PRESETS: Record<string, Intl.DateTimeFormatOptions> = {
  abbreviated_date: { year: "numeric", month: "short", day: "numeric" },
  basic: { year: "numeric", month: "numeric", day: "numeric" },
  date: { year: "numeric", month: "long", day: "numeric" },
};

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

const FILTERS: Record<string, Filter> = {
  ...COLOR_FILTERS,
  ...MEDIA_FILTERS,
  money(value) {
    return formatHundredths(value, this.page.visitor.currency, false, this.page.context.shop.moneyFormat);
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
  global_asset_url: (value) => `/__shopify/${String(value)}`,
  inline_asset_content(value) {
    const name = String(value);
    const text = /^[\w.-]+$/.test(name) ? readText(join(this.file.folder, "assets", name)) : null;
    // Shopify writes this message into the page, and the theme goes on.
    return text ?? `Liquid error: inline_asset_content: ${name} could not be found`;
  },
  font_modify: (value, [property, wanted]) => Font.from(value)?.modified(property, wanted) ?? null,
  font_face: (value, _positional, named) => (value instanceof Font ? value.face(named.font_display) : ""),
  font_url: (value) => (value instanceof Font ? fontUrl(value) : ""),
  stylesheet_tag(value, _positional, named) {
    const { preload: _preload, ...rest } = named;
    return `<link href="${escapeHtml(value)}" rel="stylesheet" type="text/css" media="all"${attributes(rest)} />`;
  },
  script_tag: (value) => `<script src="${escapeHtml(value)}" type="text/javascript"></script>`,
  preload_tag: (value, _positional, named) => `<link rel="preload" href="${escapeHtml(value)}"${attributes(named)}>`,
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
  escape_once: escapeOnce,
  url_escape: (value) => encodeURI(String(value)),
  url_param_escape: (value) => encodeURIComponent(String(value)),
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
  unit_price_with_measurement: (value) => (value ? String(value) : ""),
  standard_event_data(value, [type], named) {
    return standardEventData(value, type, named.context, this.page.visitor.currency);
  },
  avatar: (value) => (value ? `<span class="avatar" aria-hidden="true"></span>` : ""),
  login_button: () => "",
  customer_login_link: (value) => `<a href="/account/login" id="customer_login_link">${escapeHtml(value)}</a>`,
  customer_logout_link: (value) => `<a href="/account/logout" id="customer_logout_link">${escapeHtml(value)}</a>`,
  customer_register_link: (value) => `<a href="/account/login" id="customer_register_link">${escapeHtml(value)}</a>`,
  format_code: (value) => String(value ?? "").replace(/(.{4})(?=.)/g, "$1 "),
};

function fontUrl({ family, weight, style }: Font): string {
  return `/cdn/fonts/${handleOf(family)}_${style.slice(0, 1)}${weight / 100}.woff2`;
}

function handleOf(value: unknown): string {
  return String(value ?? "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
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
