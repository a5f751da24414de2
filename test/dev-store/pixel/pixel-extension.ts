import { build } from "esbuild";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";

/** A web pixel extension as its manifest describes it. */
export interface PixelExtension {
  readonly handle: string;
  readonly folder: string;
  /** Names of its settings. Every one of them is required. */
  readonly settings: readonly string[];
  /** Purposes that a visitor must allow before it is loaded. */
  readonly purposes: readonly ("analytics" | "marketing" | "preferences")[];
}

interface PixelManifest {
  extensions?: {
    type?: string;
    handle?: string;
    runtime_context?: string;
    customer_privacy?: Record<string, unknown>;
    settings?: { fields?: Record<string, unknown> };
  }[];
}

/** The app's web pixel; null where it has none. Throws for one that would not run in the strict sandbox. */
export function findPixel(extensionsDir: string): PixelExtension | null {
  if (!existsSync(extensionsDir)) return null;
  for (const name of readdirSync(extensionsDir)) {
    const folder = join(extensionsDir, name);
    const file = join(folder, "shopify.extension.toml");
    if (!existsSync(file)) continue;
    const manifest = parseToml(readFileSync(file, "utf8")) as PixelManifest;
    const pixel = manifest.extensions?.find(({ type }) => type === "web_pixel_extension");
    if (pixel === undefined) continue;
    if (pixel.runtime_context !== "strict") throw new Error("The dev store knows the strict sandbox of pixels only");
    const purposes = (["analytics", "marketing", "preferences"] as const).filter(
      (purpose) => pixel.customer_privacy?.[purpose] === true,
    );
    return { handle: pixel.handle ?? "", folder, settings: Object.keys(pixel.settings?.fields ?? {}), purposes };
  }
  return null;
}

const bundles = new Map<string, { stamp: number; code: Promise<string> }>();

/** The pixel's own script, built from its entry as Shopify CLI builds it. Built again when a source changes. */
export function bundlePixel({ folder }: PixelExtension): Promise<string> {
  const sources = readdirSync(join(folder, "src"), { withFileTypes: true });
  const stamp = Math.max(...sources.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
  const known = bundles.get(folder);
  if (known?.stamp === stamp) return known.code;
  const code = build({
    entryPoints: [join(folder, "src", "index.ts")],
    ...{ bundle: true, write: false, minify: true, format: "iife", target: "es2022", logLevel: "silent" },
  }).then((result) => result.outputFiles[0]!.text);
  bundles.set(folder, { stamp, code });
  return code;
}
