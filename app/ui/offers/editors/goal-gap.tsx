import { contentShape } from "../../../domain/offers/offer-types.ts";
import { LeafField } from "../../forms/leaf-field.tsx";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { descriptionAt } from "../../forms/shape-form.ts";

const { description } = contentShape("goal");
const SWITCH = "config.closesGap";

/** The field of the goal's config that {@link GoalGap} is for. */
export const GAP_LIMIT = "config.closesGapAt";

/** How much more than what is missing may be proposed, where anything is. */
export function GoalGap({ name, form, onChange, errors }: ControlProps) {
  if (form[SWITCH] !== true) return null;
  return (
    <LeafField
      {...{ namespace: "offers", description, name, id: name, onChange }}
      field={descriptionAt(description, name)!}
      value={form[name] ?? ""}
      code={errors[name]}
    />
  );
}
