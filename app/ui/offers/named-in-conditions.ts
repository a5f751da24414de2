import { rowsOf, type ShapeForm } from "../forms/shape-form.ts";

/** The ids that a field of a form holds. */
export function idsIn(value: unknown): string[] {
  return String(value ?? "")
    .split(" ")
    .filter((id) => id !== "");
}

/** The products that a form's conditions name, where every group names some; null where others can meet them as well. */
export function productsOfConditions(form: ShapeForm): string[] | null {
  const groups = rowsOf(form.conditions).map((group) =>
    rowsOf(group[""]).flatMap((one) => (one.condition === "products" ? idsIn(one.products) : [])),
  );
  return groups.length === 0 || groups.some((named) => named.length === 0) ? null : groups.flat();
}
