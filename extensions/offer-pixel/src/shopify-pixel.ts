/** What Shopify gives a web pixel in its strict sandbox, as far as we use it (shopify.dev, "Web Pixels API"). */
export interface PixelApi {
  readonly analytics: { subscribe(name: string, heard: (event: PixelEvent) => void): unknown };
  readonly browser: {
    readonly sessionStorage: PixelStorage;
    readonly localStorage: PixelStorage;
    readonly cookie: { get(name: string): Promise<string> };
  };
  readonly init: { readonly customerPrivacy?: Consent };
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly customerPrivacy?: {
    subscribe(name: "visitorConsentCollected", heard: (event: { customerPrivacy: Consent }) => void): unknown;
  };
}

export interface Consent {
  readonly analyticsProcessingAllowed?: boolean;
}

/** The page's own storage: the sandbox has none. */
export interface PixelStorage {
  getItem(key: string): Promise<string | null>;
  setItem(key: string, value: string): Promise<unknown>;
  removeItem(key: string): Promise<unknown>;
}

/** An event of Shopify's (`data`), or one that a script of the page published (`customData`). */
export interface PixelEvent {
  readonly id: string;
  readonly name: string;
  readonly timestamp: string;
  /** What Shopify calls the browser. */
  readonly clientId?: string;
  readonly data?: unknown;
  readonly customData?: unknown;
  /** The page that it happened on. */
  readonly context?: PixelContext;
}

/** What Shopify says of a page and its browser, as far as we use it. */
export interface PixelContext {
  readonly document?: { readonly location?: { readonly href?: string } };
  readonly navigator?: { readonly userAgent?: string };
  readonly window?: {
    readonly innerWidth?: number;
    readonly innerHeight?: number;
    readonly screen?: { readonly width?: number; readonly height?: number };
  };
}

declare const shopify: { extend(point: "WebPixel::Render", pixel: (api: PixelApi) => void): void };

/** Has Shopify start the pixel, as `register` of `@shopify/web-pixels-extension` does. */
export function register(pixel: (api: PixelApi) => void): void {
  shopify.extend("WebPixel::Render", pixel);
}
