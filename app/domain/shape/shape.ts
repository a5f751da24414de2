import { type Field, isRecord, type ObjectDescription, Reading, type Refusal, type ValueOf, within } from "./field.ts";
import { knownParts, refusalsOf } from "./known-parts.ts";

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The values of an object of fields. */
export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

export type Parsed<T> = { ok: true; value: T } | { ok: false; refusals: readonly Refusal[] };

/** A declared object: its type, default, limits, refusals and description all follow from the declaration. */
export interface Shape<T> extends Field<T> {
  readonly description: ObjectDescription;
  /** The declared fields by name. */
  readonly fields: Readonly<{ [K in keyof T]: Field<T[K]> }>;
  /** What does not hold between fields that are right by themselves. */
  check(this: void, value: T): readonly Refusal[];
  /** Reads what a person or another program sends. Every field has to be there, and no others. Never throws. */
  parse(this: void, input: unknown): Parsed<T>;
  /**
   * Reads what was stored, perhaps by an older or newer release: a field that is not there takes its default, one that
   * is unknown is ignored, one that is invalid takes its default and is named in `refusals`. What `check` refuses is
   * named and stays. Never throws.
   */
  readStored(this: void, stored: unknown): { value: T; refusals: readonly Refusal[] };
}

/** The type of the values of a shape: `type GoalConfig = ShapeValue<typeof goalConfig>`. */
export type ShapeValue<S extends Field<unknown>> = ValueOf<S>;

/**
 * Declares an object. `check` states what must hold between fields, and returns refusals with paths below this object. While
 * a field is wrong by itself, each of its rules that reads the field is left out: see `refusalsOf`. An object is refused as `wrong-type`, and a field of it that was not
 * declared as `unknown-field`. Throws where the defaults are refused: that is a bug in the declaration.
 */
export function shape<F extends Fields>(
  fields: F,
  check: (value: ValuesOf<F>) => readonly Refusal[] = () => [],
): Shape<ValuesOf<F>> {
  const entries = Object.entries(fields);
  const initial = Object.fromEntries(entries.map(([name, field]) => [name, field.default])) as ValuesOf<F>;
  const description: ObjectDescription = {
    kind: "object",
    fields: Object.fromEntries(entries.map(([name, field]) => [name, field.description])),
  };

  function read(input: unknown, reading: Reading, path: string): ValuesOf<F> {
    if (!isRecord(input)) {
      reading.refuseType(path, input);
      return initial;
    }
    const before = reading.refusals.length;
    if (!reading.stored) refuseUnknown(input, fields, reading, path);
    const value = Object.fromEntries(
      entries.map(([name, field]) => {
        const given = Object.hasOwn(input, name) ? input[name] : undefined;
        const absent = given === undefined && reading.stored;
        return [name, absent ? field.default : field.read(given, reading, within(path, name))];
      }),
    ) as ValuesOf<F>;
    const refused = reading.refusedSince(before, path);
    // What was stored keeps its defaults, about which nobody asks.
    if (refused === null || (reading.stored && refused.length > 0)) return value;
    const known = knownParts(value, refused);
    for (const { path: at, code, limit } of refusalsOf(() => check(known))) {
      reading.refuse(at === "" ? path : within(path, at), code, limit);
    }
    return value;
  }

  const parse = (input: unknown): Parsed<ValuesOf<F>> => {
    const reading = new Reading(false);
    const value = read(input, reading, "");
    return reading.refusals.length === 0 ? { ok: true, value } : { ok: false, refusals: reading.refusals };
  };
  const readStored = (stored: unknown) => {
    const reading = new Reading(true);
    const value = read(stored, reading, "");
    return { value, refusals: reading.refusals };
  };

  const faults = parse(initial);
  if (!faults.ok) throw new Error(`The defaults are refused: ${JSON.stringify(faults.refusals)}`);
  return {
    default: initial,
    description,
    fields: fields as Shape<ValuesOf<F>>["fields"],
    check,
    read,
    parse,
    readStored,
  };
}

function refuseUnknown(input: Readonly<Record<string, unknown>>, known: Fields, reading: Reading, path: string): void {
  for (const name of Object.keys(input)) {
    if (!Object.hasOwn(known, name)) reading.refuse(within(path, name), "unknown-field");
  }
}

type Merged<S> = S extends readonly [Shape<infer T>, ...infer Others] ? T & Merged<Others> : unknown;

/** One object with the fields and the checks of several. Throws where two declare a field of one name: a bug. */
export function merged<const S extends readonly Shape<object>[]>(...shapes: S): Shape<Merged<S>> {
  const entries = shapes.flatMap((one) => Object.entries(one.fields as Fields));
  const fields = Object.fromEntries(entries);
  if (Object.keys(fields).length < entries.length) throw new Error("Two shapes declare a field of the same name");
  return shape(fields, (value) => refusalsOf(...shapes.map((one) => () => one.check(value)))) as unknown as Shape<
    Merged<S>
  >;
}
