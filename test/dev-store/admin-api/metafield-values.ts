import { parseGid } from "../shop/gid.ts";

const MAX_JSON_BYTES = 131_072;
const MAX_TEXT_BYTES = 65_536;
const MAX_LIST = 128;

interface ValueProblem {
  field: string;
  message: string;
  code: string;
}

const invalid = (message: string): ValueProblem => ({ field: "value", message, code: "INVALID_VALUE" });

function parsed(value: string): { json: unknown } | null {
  try {
    return { json: JSON.parse(value) as unknown };
  } catch {
    return null;
  }
}

function checkReference(resource: string, gid: unknown, exists: (gid: string) => boolean): ValueProblem | null {
  if (typeof gid !== "string" || parseGid(gid)?.resource !== resource) {
    return invalid(`Value must be a valid ${resource} reference.`);
  }
  return exists(gid) ? null : invalid(`Value references non-existent resource ${gid}.`);
}

type Check = (value: string, exists: (gid: string) => boolean) => ValueProblem | null;

const REFERENCES: Readonly<Record<string, string>> = {
  product_reference: "Product",
  variant_reference: "ProductVariant",
};

const SCALARS: Readonly<Record<string, Check>> = {
  json: (value) => {
    if (Buffer.byteLength(value) > MAX_JSON_BYTES) {
      const message = `Value is too long (maximum is ${MAX_JSON_BYTES} bytes)`;
      return { field: "value", message, code: "TOO_LONG" };
    }
    return parsed(value) === null ? invalid("Value is invalid JSON.") : null;
  },
  boolean: (value) => (value === "true" || value === "false" ? null : invalid("Value must be true or false.")),
  number_integer: (value) => (/^-?\d{1,16}$/.test(value) ? null : invalid("Value must be an integer.")),
  number_decimal: (value) => (/^-?\d+(\.\d+)?$/.test(value) ? null : invalid("Value must be a decimal.")),
};

const UNITS: Readonly<Record<string, readonly string[]>> = {
  dimension: ["mm", "cm", "m", "in", "ft", "yd"],
  weight: ["g", "kg", "oz", "lb"],
  volume: ["ml", "cl", "l", "m3", "us_fl_oz", "us_pt", "us_qt", "us_gal", "imp_fl_oz", "imp_pt", "imp_qt", "imp_gal"],
};

function checkMeasurement(type: string, value: string): ValueProblem | null {
  const { value: amount, unit } = (parsed(value)?.json ?? {}) as Record<string, unknown>;
  const isOne = typeof amount === "number" && (UNITS[type] ?? []).includes(String(unit));
  return isOne ? null : invalid(`Value must be a valid ${type} with a value and a unit.`);
}

function checkRating(value: string): ValueProblem | null {
  const json = (parsed(value)?.json ?? {}) as Record<string, unknown>;
  const [rating, least, most] = [json.value, json.scale_min, json.scale_max].map(Number) as [number, number, number];
  return rating >= least && rating <= most ? null : invalid("Value must be within its scale.");
}

function checkText(value: string): ValueProblem | null {
  if (Buffer.byteLength(value) <= MAX_TEXT_BYTES) return null;
  return { field: "value", message: `Value is too long (maximum is ${MAX_TEXT_BYTES} bytes)`, code: "TOO_LONG" };
}

/** What Shopify would say about a value of a metafield type; null where it is fine. Types the app never uses: INCLUSION. */
export function checkMetafieldValue(
  type: string,
  value: string,
  exists: (gid: string) => boolean,
): ValueProblem | null {
  if (value === "") return { field: "value", message: "Value can't be blank.", code: "BLANK" };
  const scalar = SCALARS[type];
  if (scalar !== undefined) return scalar(value, exists);
  if (type === "single_line_text_field") {
    return value.includes("\n") ? invalid("Value must not contain line breaks.") : checkText(value);
  }
  if (type === "multi_line_text_field") return checkText(value);
  if (Object.hasOwn(UNITS, type)) return checkMeasurement(type, value);
  if (type === "rating") return checkRating(value);
  if (type === "list.single_line_text_field") {
    const texts = parsed(value)?.json;
    const isList = Array.isArray(texts) && texts.length <= MAX_LIST && texts.every((text) => typeof text === "string");
    return isList ? checkText(value) : invalid("Value must be a JSON array of texts.");
  }
  const reference = REFERENCES[type.replace(/^list\./, "")];
  if (reference === undefined) return { field: "type", message: "Type is not included in the list", code: "INCLUSION" };
  if (!type.startsWith("list.")) return checkReference(reference, value, exists);
  const entries = parsed(value)?.json;
  if (!Array.isArray(entries)) return invalid("Value must be a JSON array.");
  if (entries.length > MAX_LIST) return invalid(`Value must have no more than ${MAX_LIST} items.`);
  for (const entry of entries) {
    const problem = checkReference(reference, entry, exists);
    if (problem !== null) return problem;
  }
  return null;
}
