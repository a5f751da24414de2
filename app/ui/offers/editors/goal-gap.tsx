import { TextField } from "@shopify/polaris";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { useShapeWords } from "../../forms/use-shape-words.ts";

const { description } = contentShape("goal");
const SWITCH = "config.closesGap";

/** The field of the goal's config that {@link GoalGap} is for. */
export const GAP_LIMIT = "config.closesGapAt";

/** How much more than what is missing may be proposed, where anything is. */
export function GoalGap({ name, form, onChange, errors }: ControlProps) {
  const words = useShapeWords("offers", description);
  if (form[SWITCH] !== true) return null;
  return (
    <TextField
      id={name}
      label={words.label(name)}
      helpText={words.help(name)}
      value={String(form[name] ?? "")}
      onChange={(next) => onChange({ [name]: next })}
      suffix="%"
      inputMode="numeric"
      autoComplete="off"
      error={words.error(name, errors[name])}
    />
  );
}
