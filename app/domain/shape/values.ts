/* Fields that hold a single value. */
import type { CodeKind, Field, IntegerUnit } from "./field.ts";

/** True or false. Refuses `wrong-type`. */
export function boolean(options: { default: boolean }): Field<boolean> {
  return {
    default: options.default,
    description: { kind: "boolean" },
    read(input, reading, path) {
      if (typeof input === "boolean") return input;
      reading.refuseType(path, input);
      return options.default;
    },
  };
}

interface IntegerOptions {
  default: number;
  /** Both limits are allowed values. */
  min: number;
  max: number;
  /** How it is shown; "count" where nothing is said. */
  unit?: IntegerUnit;
}

/** A whole number within limits. Refuses `wrong-type`, `not-whole`, `too-small` and `too-large`, the last two with the limit. */
export function integer({ default: initial, min, max, unit = "count" }: IntegerOptions): Field<number> {
  return {
    default: initial,
    description: { kind: "integer", min, max, unit, initial },
    read(input, reading, path) {
      if (typeof input !== "number" || Number.isNaN(input)) reading.refuseType(path, input);
      else if (input < min) reading.refuse(path, "too-small", min);
      else if (input > max) reading.refuse(path, "too-large", max);
      else if (!Number.isInteger(input)) reading.refuse(path, "not-whole");
      else return input === 0 ? 0 : input; // -0 would come back from JSON as 0.
      return initial;
    },
  };
}

/** One of some words; the first where no default is named. Refuses `wrong-type` and `unknown-choice`. */
export function choice<const C extends string>(choices: readonly [C, ...C[]], options: { default?: C } = {}): Field<C> {
  const initial = options.default ?? choices[0];
  return {
    default: initial,
    description: { kind: "choice", choices },
    read(input, reading, path) {
      const chosen = choices.find((one) => one === input);
      if (chosen !== undefined) return chosen;
      if (typeof input === "string") reading.refuse(path, "unknown-choice");
      else reading.refuseType(path, input);
      return initial;
    },
  };
}

/** A text of at most `longest` UTF-16 units; `code` says of what it is the code. Refuses `wrong-type`, `too-long` and `unreadable`. */
export function text(options: { longest: number; default?: string; code?: CodeKind }): Field<string> {
  const { longest, code } = options;
  const initial = options.default ?? "";
  return {
    default: initial,
    description: { kind: "text", longest, ...(code && { code }) },
    read(input, reading, path) {
      if (typeof input !== "string") reading.refuseType(path, input);
      else if (input.length > longest) reading.refuse(path, "too-long", longest);
      else if (!isStorable(input)) reading.refuse(path, "unreadable");
      else return input;
      return initial;
    },
  };
}

/** True for a text that PostgreSQL can hold in JSON: neither half a character nor U+0000 is in it. */
export function isStorable(input: string): boolean {
  return input.isWellFormed() && !input.includes("\0");
}
