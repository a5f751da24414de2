import type { Fields, TypeFields } from "./fields.ts";

interface FlowError {
  field: string[] | null;
  message: string;
}

/** What Flow takes for each type of a trigger's field. */
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  boolean: (value) => typeof value === "boolean",
  number_decimal: (value) => typeof value === "number" && Number.isFinite(value),
  single_line_text_field: (value) => typeof value === "string" && !value.includes("\n"),
  customer_reference: isNumberOfResource,
  product_reference: isNumberOfResource,
};

function isNumberOfResource(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

const refused = (field: string, message: string) => ({
  userErrors: [{ field: [field], message }] satisfies FlowError[],
});

const mutation: Fields<null> = {
  flowTriggerReceive: (_source, { handle, payload }, context) => {
    const declared = context.app.flowTriggers.find((trigger) => trigger.handle === handle);
    if (declared === undefined) return refused("handle", `Invalid handle '${String(handle)}'`);
    const given = (payload ?? {}) as Record<string, unknown>;
    for (const [key, value] of Object.entries(given)) {
      const field = declared.fields.find((one) => one.key === key);
      if (field === undefined) return refused("payload", `Field '${key}' is not defined`);
      if (TYPES[field.type]?.(value) !== true) return refused("payload", `Field '${key}' is not a ${field.type}`);
    }
    const missing = declared.fields.find(({ key }) => !Object.hasOwn(given, key));
    if (missing !== undefined) return refused("payload", `Field '${missing.key}' is missing`);
    context.changes.receiveFlowTrigger({ handle: declared.handle, payload: given });
    return { userErrors: [] };
  },
};

export const flowTriggerFields: TypeFields = { Mutation: mutation };
