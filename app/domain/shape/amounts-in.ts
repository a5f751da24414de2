import { type Description, isRecord, within } from "./field.ts";

/** The paths of all amounts in a value, with their currencies: "tiers.0.reward.amounts.USD" and "USD". */
export function amountsIn(
  description: Description,
  value: unknown,
  path = "",
): { readonly path: string; readonly currency: string }[] {
  switch (description.kind) {
    case "amounts":
      return isRecord(value) ? Object.keys(value).map((currency) => ({ path: within(path, currency), currency })) : [];
    case "optional":
      return value === null ? [] : amountsIn(description.of, value, path);
    case "list":
      return Array.isArray(value)
        ? value.flatMap((one: unknown, place) => amountsIn(description.of, one, within(path, place)))
        : [];
    case "object":
      return inFields(description.fields, value, path);
    case "one-of": {
      const variant = isRecord(value) ? description.variants[String(value[description.tag])] : undefined;
      return variant === undefined ? [] : inFields(variant.fields, value, path);
    }
    default:
      return [];
  }
}

function inFields(fields: Readonly<Record<string, Description>>, value: unknown, path: string) {
  if (!isRecord(value)) return [];
  return Object.entries(fields).flatMap(([name, field]) => amountsIn(field, value[name], within(path, name)));
}
