import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";

/**
 * A trigger for Shopify Flow as its extension declares it. A reference has no key of its own: what is sent names it
 * "customer_id" for a `customer_reference`.
 */
export interface DeclaredTrigger {
  readonly handle: string;
  readonly fields: readonly { readonly key: string; readonly type: string }[];
}

interface Manifest {
  extensions?: { type?: string; handle?: string; settings?: { fields?: { key?: string; type?: string }[] } }[];
}

/** The triggers for Shopify Flow that the app's extensions declare. */
export function declaredTriggers(extensionsDir: string): DeclaredTrigger[] {
  return readdirSync(extensionsDir).flatMap((name) => {
    const file = join(extensionsDir, name, "shopify.extension.toml");
    if (!existsSync(file)) return [];
    const { extensions = [] } = parseToml(readFileSync(file, "utf8")) as Manifest;
    return extensions.flatMap(({ type, handle = "", settings }) => {
      if (type !== "flow_trigger") return [];
      const fields = (settings?.fields ?? []).map(({ key, type = "" }) => ({ key: key ?? keyOfReference(type), type }));
      return [{ handle, fields }];
    });
  });
}

function keyOfReference(type: string): string {
  return type.endsWith("_reference") ? type.replace(/_reference$/, "_id") : "";
}
