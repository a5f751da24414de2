import type { Refusal } from "../shape/field.ts";
import { list, optional } from "../shape/lists.ts";
import { text } from "../shape/values.ts";

const COUNTRY = /^[A-Z]{2}$/;

/** ISO 3166 codes of the countries that something ships to for free; null for all that the shop ships to. */
export const countryList = optional(list(text({ longest: 2, code: "country" }), { fewest: 1, most: 250 }));

/** What is no code of a country (`not-a-country`), and what stands twice (`repeated`), by its place under `path`. */
export function countryRefusals(countries: readonly string[] | null, path: string): Refusal[] {
  return (countries ?? []).flatMap((country, place): Refusal[] => {
    if (!COUNTRY.test(country)) return [{ path: `${path}.${place}`, code: "not-a-country" }];
    return countries!.indexOf(country) === place ? [] : [{ path: `${path}.${place}`, code: "repeated" }];
  });
}
