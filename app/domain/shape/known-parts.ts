/* Lets what must hold between fields be checked while some of them are wrong: only what needs a wrong one stays unsaid. */
import { isRecord, type Refusal } from "./field.ts";

/** Thrown where a rule reads a part that was refused. */
class NotKnown extends Error {}

/** What rules refuse. One that reads a refused part refuses nothing: whether it is broken is not known yet. */
export function refusalsOf(...rules: (() => readonly Refusal[])[]): Refusal[] {
  return rules.flatMap((rule) => {
    try {
      return rule();
    } catch (error) {
      if (error instanceof NotKnown) return [];
      throw error;
    }
  });
}

/**
 * A value of which parts were refused: it reads as the value does, but to read a refused part ends the rule that does so, see
 * {@link refusalsOf}. So does reading how many values a list has, or which keys a record, where one of them was refused.
 *
 * @param refused Paths below the value.
 */
export function knownParts<T>(value: T, refused: readonly string[]): T {
  return readable(
    value,
    refused.map((path) => path.split(".")),
  );
}

function readable<T>(value: T, refused: readonly (readonly string[])[]): T {
  if (refused.length === 0) return value;
  if (!isRecord(value) && !Array.isArray(value)) throw new NotKnown();
  const isIncomplete = refused.some(({ length }) => length === 1);
  return new Proxy(value as T & object, {
    get(target, key) {
      if (isIncomplete && Array.isArray(target)) throw new NotKnown();
      const below = refused.filter(([first]) => first === key).map(([, ...path]) => path);
      if (below.some(({ length }) => length === 0)) throw new NotKnown();
      return readable(Reflect.get(target, key) as unknown, below);
    },
    ownKeys(target) {
      if (isIncomplete) throw new NotKnown();
      return Reflect.ownKeys(target);
    },
  });
}
