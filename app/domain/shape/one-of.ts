import { type Field, isRecord, type ObjectDescription, within } from "./field.ts";
import type { Shape } from "./shape.ts";

type Variants = Readonly<Record<string, Shape<unknown>>>;

/** An object of one of the variants, with the variant's name under the tag. */
export type VariantOf<Tag extends string, V extends Variants> = {
  [K in keyof V & string]: { readonly [T in Tag]: K } & (V[K] extends Shape<infer T> ? T : never);
}[keyof V & string];

/**
 * An object that is one of several shapes, distinguished by a field: `oneOf("kind", { percent: shape(...), amount:
 * shape(...) }, { default: "percent" })` holds `{ kind: "percent", ... }`. No variant may have a field of the tag's
 * name. Refuses `wrong-type`, `unknown-choice` at the tag, then what the variant refuses.
 */
export function oneOf<const Tag extends string, V extends Variants>(
  tag: Tag,
  variants: V,
  options: { default: keyof V & string },
): Field<VariantOf<Tag, V>> {
  const tagged = (name: string, value: unknown) => ({ [tag]: name, ...(value as object) }) as VariantOf<Tag, V>;
  const initial = tagged(options.default, variants[options.default]!.default);
  const descriptions = Object.entries(variants).map(([name, { description }]): [string, ObjectDescription] => [
    name,
    description,
  ]);
  return {
    default: initial,
    description: { kind: "one-of", tag, variants: Object.fromEntries(descriptions) },
    read(input, reading, path) {
      if (!isRecord(input)) {
        reading.refuseType(path, input);
        return initial;
      }
      const { [tag]: name, ...fields } = input;
      if (typeof name !== "string") {
        reading.refuseType(within(path, tag), name);
        return initial;
      }
      if (!Object.hasOwn(variants, name)) {
        reading.refuse(within(path, tag), "unknown-choice");
        return initial;
      }
      return tagged(name, variants[name]!.read(fields, reading, path));
    },
  };
}
