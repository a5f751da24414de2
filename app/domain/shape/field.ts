/**
 * What is wrong with one value: where it is ("tiers.0.quantity"; "" for the whole), and the limit where there is one.
 */
export interface Refusal {
  readonly path: string;
  readonly code: string;
  readonly limit?: number;
}

/**
 * What a form needs to know to draw a field. `basis-points` are shown as a percentage with two decimals, `percent` as a
 * whole percentage.
 */
export type Description =
  | { readonly kind: "boolean" }
  | {
      readonly kind: "integer";
      readonly min: number;
      readonly max: number;
      readonly unit: IntegerUnit;
      /** What it says before somebody changes it. */
      readonly initial: number;
    }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | { readonly kind: "text"; readonly longest: number; readonly code?: CodeKind }
  | { readonly kind: "amounts"; readonly max: number }
  | { readonly kind: "texts"; readonly longest: number }
  | { readonly kind: "ids"; readonly resource: string; readonly most: number }
  | { readonly kind: "list"; readonly of: Description; readonly fewest: number; readonly most: number }
  | { readonly kind: "optional"; readonly of: Description }
  | ObjectDescription
  | { readonly kind: "one-of"; readonly tag: string; readonly variants: Readonly<Record<string, ObjectDescription>> };

export interface ObjectDescription {
  readonly kind: "object";
  readonly fields: Readonly<Record<string, Description>>;
}

/** What a text is the code of: it is chosen and shown by its name. */
export type CodeKind = "country" | "currency" | "language";

export type IntegerUnit = "count" | "percent" | "basis-points";

/** The largest number of refusals that one reading reports: enough to correct a form, whatever was sent. */
const MOST_REFUSALS = 100;
/** Keys of what was sent are repeated in paths up to this length. */
const LONGEST_KEY = 40;

/** One pass over untrusted input, which collects what is wrong with it. */
export class Reading {
  readonly refusals: Refusal[] = [];
  /** True for values that we stored: a field that is not there takes its default, and unknown ones are ignored. */
  readonly stored: boolean;

  constructor(stored: boolean) {
    this.stored = stored;
  }

  refuse(path: string, code: string, limit?: number): void {
    if (this.refusals.length < MOST_REFUSALS)
      this.refusals.push({ path, code, ...(limit === undefined ? {} : { limit }) });
  }

  /** What was refused since there were so many refusals, as paths below `path`; null where not all of it is kept. */
  refusedSince(before: number, path: string): string[] | null {
    if (this.refusals.length >= MOST_REFUSALS) return null;
    return this.refusals.slice(before).map((refusal) => refusal.path.slice(path === "" ? 0 : path.length + 1));
  }

  /** Refuses a value of the wrong type; one that is not there is `missing`. */
  refuseType(path: string, input: unknown): void {
    this.refuse(path, input === undefined ? "missing" : "wrong-type");
  }
}

/** One declared value: what it is when nobody chose it, how to read it from anything, and how to draw it. */
export interface Field<T> {
  readonly default: T;
  readonly description: Description;
  /** Never throws. Reports every fault to the reading, and returns the default in place of what is refused. */
  read(this: void, input: unknown, reading: Reading, path: string): T;
}

/** The type of the values of a field. */
export type ValueOf<F> = F extends Field<infer T> ? T : never;

/** The path of a part of what is at `path`; a part without a name is the whole. */
export function within(path: string, key: string | number): string {
  const part = String(key).slice(0, LONGEST_KEY);
  return path === "" || part === "" ? path + part : `${path}.${part}`;
}

/** True for a plain record of values: no array and not null. */
export function isRecord(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}
