import { attributes, escapeHtml, type Filter, type Named } from "./filter-types.ts";

/** The picture of whatever Shopify's image filters accept: an image, a product, a variant, a line, an address. */
function pictureOf(value: unknown): { src: string; alt: string; width: number; height: number } | null {
  if (typeof value === "string") return value === "" ? null : { src: value, alt: "", width: 800, height: 800 };
  if (typeof value !== "object" || value === null) return null;
  const source = value as Named;
  if (typeof source.src === "string") return source as unknown as ReturnType<typeof pictureOf>;
  return pictureOf(source.featured_image ?? source.preview_image ?? source.image ?? null);
}

const URL_ARGUMENTS = ["width", "height", "crop", "format"];

function imageUrl(value: unknown, named: Named): string {
  const picture = pictureOf(value);
  if (!picture) return "";
  const url = new URL(picture.src, "http://local");
  for (const name of URL_ARGUMENTS) {
    if (named[name] !== undefined && named[name] !== null) url.searchParams.set(name, String(named[name]));
  }
  return url.pathname + url.search;
}

/** Widths that Shopify offers to the browser where a theme names none. */
const DEFAULT_WIDTHS = [352, 832, 1200, 1920];

function srcset(url: URL, widths: unknown): string | null {
  const most = Number(url.searchParams.get("width") ?? 0);
  const named = String(widths ?? "")
    .split(",")
    .map((each) => Number(each.trim()))
    .filter((each) => each > 0);
  const chosen = named.length > 0 ? named : DEFAULT_WIDTHS.filter((each) => each <= most);
  return chosen.map((each) => `${url.pathname}?width=${each} ${each}w`).join(", ") || null;
}

function imageTag(value: unknown, named: Named): string {
  const url = new URL(String(value ?? ""), "http://local");
  const width = named.width ?? url.searchParams.get("width");
  const { widths, preload: _preload, ...rest } = named;
  const height = rest.height ?? url.searchParams.get("height") ?? width;
  const all = { src: url.pathname + url.search, alt: "", srcset: srcset(url, widths), width, ...rest, height };
  return `<img${attributes(all)}>`;
}

/** The dev store's products have pictures and no other media, so any other is a fault of the theme's data. */
function mediaTag(value: unknown, named: Named): string {
  const media = value as Named | null;
  if (media?.media_type !== "image") throw new Error(`media_tag knows images, not ${String(media?.media_type)}`);
  const { image_size: _size, autoplay: _autoplay, loop: _loop, controls: _controls, ...rest } = named;
  return imageTag(imageUrl(value, { width: 1200 }), { alt: media.alt, ...rest });
}

/** Filters for media that no product of the dev store has; they are called with nothing, or not at all. */
function mediaThatIsNot(name: string): Filter {
  return (value) => {
    if (value === null || value === undefined || value === "") return "";
    throw new Error(`${name}: the dev store has no such media`);
  };
}

function embeddedVideo(value: unknown, named: Named): string {
  const video = value as { id?: string; type?: string; src?: string } | string | null;
  if (!video) return "";
  if (typeof video === "string") return video;
  const host = video.type === "vimeo" ? "https://player.vimeo.com/video" : "https://www.youtube.com/embed";
  const query = new URLSearchParams(Object.entries(named).map(([key, each]) => [key, String(each)]));
  return `${host}/${video.id}?${query.toString()}`;
}

const PLACEHOLDER_SIZE = 100;

function placeholderSvg(name: unknown, cssClass: unknown): string {
  return `<svg class="${escapeHtml(cssClass ?? "placeholder-svg")}" viewBox="0 0 ${PLACEHOLDER_SIZE} ${PLACEHOLDER_SIZE}" role="img" aria-label="${escapeHtml(name)}"><rect width="100" height="100" fill="#ece7de"/></svg>`;
}

export const MEDIA_FILTERS: Record<string, Filter> = {
  image_url: (value, _positional, named) => imageUrl(value, named),
  img_url: (value) => imageUrl(value, {}),
  product_img_url: (value) => imageUrl(value, {}),
  collection_img_url: (value) => imageUrl(value, {}),
  article_img_url: (value) => imageUrl(value, {}),
  image_tag: (value, _positional, named) => imageTag(value, named),
  img_tag: (value, [alt, cssClass]) => imageTag(value, { alt: alt ?? "", class: cssClass }),
  media_tag: (value, _positional, named) => mediaTag(value, named),
  placeholder_svg_tag: (value, [cssClass]) => placeholderSvg(value, cssClass),
  video_tag: mediaThatIsNot("video_tag"),
  model_viewer_tag: mediaThatIsNot("model_viewer_tag"),
  external_video_url: (value, _positional, named) => embeddedVideo(value, named),
  external_video_tag: (value, _positional, named) =>
    value ? `<iframe src="${escapeHtml(value)}" allowfullscreen${attributes(named)}></iframe>` : "",
};
