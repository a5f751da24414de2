import { GraphQLError } from "graphql";
import { gidOf } from "../shop/gid.ts";
import type { DevWebPixel } from "../shop/state.ts";
import type { AdminContext } from "./context.ts";
import { requireScope, type Fields, type TypeFields } from "./fields.ts";

interface PixelError {
  field: string[] | null;
  message: string;
  code: string;
}

const refused = (field: string[], message: string, code: string) => ({
  webPixel: null,
  userErrors: [{ field, message, code }] satisfies PixelError[],
});

/** The settings as Shopify takes them: an object or its JSON, with a text for every field of the manifest and no other. */
function readSettings(given: unknown, context: AdminContext): Record<string, string> | ReturnType<typeof refused> {
  const fields = context.app.pixelSettings;
  const at = ["webPixel", "settings"];
  if (fields === null) return refused(at, "No extension found", "NO_EXTENSION");
  let settings: unknown = given;
  try {
    if (typeof given === "string") settings = JSON.parse(given);
  } catch {
    return refused(at, "Settings is not valid JSON", "INVALID_CONFIGURATION_JSON");
  }
  const entries = Object.entries((settings ?? {}) as Record<string, unknown>);
  const isValid =
    entries.length === fields.length &&
    entries.every(([name, value]) => fields.includes(name) && typeof value === "string" && value !== "");
  if (!isValid) return refused(at, "Settings does not match the expected settings definition", "INVALID_SETTINGS");
  return Object.fromEntries(entries) as Record<string, string>;
}

function isRefusal(read: object): read is ReturnType<typeof refused> {
  return "userErrors" in read;
}

function save(pixel: DevWebPixel, context: AdminContext) {
  context.changes.setWebPixel(pixel);
  return { webPixel: pixel, userErrors: [] };
}

const mutation: Fields<null> = {
  webPixelCreate: (_source, { webPixel }, context) => {
    requireScope(context, "webPixelCreate", "write_pixels", "read_customer_events");
    const settings = readSettings((webPixel as { settings: unknown }).settings, context);
    if (isRefusal(settings)) return settings;
    if (context.shop.webPixel) return refused(["webPixel"], "Web pixel is taken", "TAKEN");
    return save({ id: "1", settings }, context);
  },
  webPixelUpdate: (_source, { id, webPixel }, context) => {
    requireScope(context, "webPixelUpdate", "write_pixels", "read_customer_events");
    const known = context.shop.webPixel;
    if (!known || id !== gidOf("WebPixel", known.id)) return refused(["id"], "Web pixel not found", "NOT_FOUND");
    const settings = readSettings((webPixel as { settings: unknown }).settings, context);
    return isRefusal(settings) ? settings : save({ ...known, settings }, context);
  },
};

const query: Fields<null> = {
  webPixel: (_source, { id }, context) => {
    requireScope(context, "webPixel", "read_pixels");
    const known = context.shop.webPixel;
    if (known && (id === undefined || id === null || id === gidOf("WebPixel", known.id))) return known;
    throw new GraphQLError("No web pixel was found for this app", { extensions: { code: "RESOURCE_NOT_FOUND" } });
  },
};

const pixel: Fields<DevWebPixel> = {
  id: ({ id }) => gidOf("WebPixel", id),
  settings: ({ settings }) => JSON.stringify(settings),
};

export const webPixelFields: TypeFields = { QueryRoot: query, Mutation: mutation, WebPixel: pixel };
