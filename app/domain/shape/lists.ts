/* Fields that hold several values of one kind, or perhaps none. */
import { type GidBrands, type GidResource, parseGid } from "../ids.ts";
import { type Field, within } from "./field.ts";

interface ListOptions<T> {
  fewest?: number;
  most: number;
  default?: readonly T[];
}

/** Between `fewest` and `most` values in order. Refuses `wrong-type`, `too-few` and `too-many`, then what its values refuse. */
export function list<T>(
  of: Field<T>,
  { fewest = 0, most, default: initial = [] }: ListOptions<T>,
): Field<readonly T[]> {
  return {
    default: initial,
    description: { kind: "list", of: of.description, fewest, most },
    read(input, reading, path) {
      if (!Array.isArray(input)) reading.refuseType(path, input);
      else if (input.length < fewest) reading.refuse(path, "too-few", fewest);
      else if (input.length > most) reading.refuse(path, "too-many", most);
      // `Array.from` visits holes too, which `map` would leave in place.
      else return Array.from(input, (one: unknown, index) => of.read(one, reading, within(path, index)));
      return initial;
    },
  };
}

/**
 * At most `most` global ids of one kind of resource, each once. Refuses `wrong-type` and `too-many`, and for one id
 * `not-an-id` and `repeated`.
 */
export function ids<R extends GidResource>(resource: R, options: { most: number }): Field<readonly GidBrands[R][]> {
  const { most } = options;
  return {
    default: [],
    description: { kind: "ids", resource, most },
    read(input, reading, path) {
      if (!Array.isArray(input)) {
        reading.refuseType(path, input);
        return [];
      }
      if (input.length > most) {
        reading.refuse(path, "too-many", most);
        return [];
      }
      const found = new Set<GidBrands[R]>();
      for (const [index, one] of input.entries()) {
        const id = typeof one === "string" ? parseGid(resource, one) : null;
        if (id === null) reading.refuse(within(path, index), "not-an-id");
        else if (found.has(id)) reading.refuse(within(path, index), "repeated");
        else found.add(id);
      }
      return [...found];
    },
  };
}

/** A field that may hold nothing: null, its default. A field that is not there reads as null. Refuses what `of` does. */
export function optional<T>(of: Field<T>): Field<T | null> {
  return {
    default: null,
    description: { kind: "optional", of: of.description },
    read(input, reading, path) {
      if (input === null || input === undefined) return null;
      const before = reading.refusals.length;
      const value = of.read(input, reading, path);
      return reading.refusals.length > before ? null : value;
    },
  };
}
