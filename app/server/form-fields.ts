import { z } from "zod";
import { parseGid, storable } from "../domain/ids.ts";

/** Fields of forms and addresses that routes read, checked for what the database can hold. */

/** A product's global id; its bare number is refused. */
export const productField = z.string().transform((value, context) => {
  const id = value.startsWith("gid:") ? storable(parseGid("Product", value)) : null;
  if (id === null) context.addIssue({ code: "custom", message: "Not a product's id" });
  return id ?? z.NEVER;
});

/** A value of that form, as JSON of at most so many characters. */
export function jsonField<Value extends z.ZodType>(value: Value, longest: number) {
  return z
    .string()
    .max(longest)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "Not JSON" });
        return z.NEVER;
      }
    })
    .pipe(value);
}
