import { build } from "esbuild";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse as parseToml } from "smol-toml";
import type { Translations } from "../theme/engine/translate.ts";
import { readTranslations } from "../theme/engine/translations.ts";

/** A checkout UI extension as its manifest describes it. */
export interface CheckoutExtension {
  handle: string;
  folder: string;
  apiVersion: string;
  /** Module by target. */
  modules: Map<string, string>;
  /** The app metafields that it is given. */
  metafields: { namespace: string; key: string }[];
  apiAccess: boolean;
}

interface UiManifest {
  api_version?: string;
  extensions?: {
    type?: string;
    handle?: string;
    targeting?: { target?: string; module?: string }[];
    metafields?: { namespace?: string; key?: string }[];
    capabilities?: { api_access?: boolean };
  }[];
}

function readManifest(folder: string): CheckoutExtension | null {
  const file = join(folder, "shopify.extension.toml");
  if (!existsSync(file)) return null;
  const manifest = parseToml(readFileSync(file, "utf8")) as UiManifest;
  const extension = manifest.extensions?.find((each) => each.type === "ui_extension");
  if (!extension) return null;
  const modules = (extension.targeting ?? []).flatMap(({ target, module }): [string, string][] =>
    target && module ? [[target, module]] : [],
  );
  return {
    handle: extension.handle ?? "",
    folder,
    apiVersion: manifest.api_version ?? "",
    modules: new Map(modules),
    metafields: (extension.metafields ?? []).flatMap(({ namespace, key }) =>
      key ? [{ namespace: namespace ?? "$app", key }] : [],
    ),
    apiAccess: extension.capabilities?.api_access === true,
  };
}

/** The extension that has a module for a checkout target; null where there is none. */
export function findCheckoutExtension(extensionsDir: string, target: string): CheckoutExtension | null {
  if (!existsSync(extensionsDir)) return null;
  for (const name of readdirSync(extensionsDir)) {
    const extension = readManifest(join(extensionsDir, name));
    if (extension?.modules.has(target)) return extension;
  }
  return null;
}

/** Its texts in the buyer's language, with its default language behind it. */
export function extensionTranslations(extension: CheckoutExtension, locale: string): Translations {
  return readTranslations(join(extension.folder, "locales"), locale);
}

const FRAME_RUNTIME = fileURLToPath(new URL("frame-runtime.ts", import.meta.url));
const bundles = new Map<string, { stamp: number; code: Promise<string> }>();

function newestChange(folder: string): number {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return Math.max(0, ...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

/**
 * The extension's module for a target, bundled with the page's side of the extension API. Both share one copy of the
 * signals library, as `shopify.setSignals` arranges it at Shopify. Bundled again when a source changes.
 */
export function bundleExtension(extension: CheckoutExtension, target: string): Promise<string> {
  const module = extension.modules.get(target)!;
  const key = `${extension.folder}|${module}`;
  const stamp = newestChange(extension.folder);
  const known = bundles.get(key);
  if (known?.stamp === stamp) return known.code;
  const code = build({
    stdin: {
      contents:
        `import { startExtension } from ${JSON.stringify(FRAME_RUNTIME)};\n` +
        `import run from ${JSON.stringify(module)};\nstartExtension(run);`,
      resolveDir: extension.folder,
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    logLevel: "silent",
  }).then((result) => result.outputFiles[0]!.text);
  bundles.set(key, { stamp, code });
  return code;
}

/** The checkout extensions as App Bridge's `app.extensions()` lists them: those of the dev store are all placed. */
export function checkoutTargets(extensionsDir: string) {
  if (!existsSync(extensionsDir)) return [];
  return readdirSync(extensionsDir).flatMap((name) => {
    const extension = readManifest(join(extensionsDir, name));
    if (!extension) return [];
    const targets = [...extension.modules.keys()].filter((target) => target.startsWith("purchase."));
    if (targets.length === 0) return [];
    const activations = targets.map((target) => ({ target }));
    return [{ handle: extension.handle, type: "ui_extension", activations }];
  });
}
