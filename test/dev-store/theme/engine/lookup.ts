import { Drop } from "liquidjs";

/** Something that Liquid asks by handle, as in `collections["tea"]` or `linklists.main-menu`. */
export class Lookup extends Drop {
  readonly find: (key: string) => unknown;
  constructor(find: (key: string) => unknown) {
    super();
    this.find = find;
  }
  override liquidMethodMissing(key: string | number): unknown {
    return this.find(String(key)) ?? null;
  }
}

interface Comparable {
  equals(other: unknown): boolean;
}

const isComparable = (value: unknown): value is Comparable =>
  typeof value === "object" && value !== null && "geq" in value && "equals" in value;

/** Makes `object == empty` and `object == blank` ask whether a list is empty, as Shopify's cart does. */
export function emptyWith<T extends object>(object: T, list: readonly unknown[]): T {
  const never = () => false;
  const methods: Record<string, (other: unknown) => boolean> = {
    equals: (other) => (isComparable(other) ? other.equals([...list]) : other === object),
    ...{ gt: never, geq: never, lt: never, leq: never },
  };
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(object, name, { value, enumerable: false });
  return object;
}
