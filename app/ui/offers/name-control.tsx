import { TextField } from "@shopify/polaris";
import { contentShape } from "../../domain/offers/offer-types.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import type { ControlProps } from "../forms/shape-fields.tsx";
import { useShapeWords } from "../forms/use-shape-words.ts";
import { useOfferWords } from "./offer-words.ts";

/** The name that staff give an offer. An offer without one goes by the name of its type, which stands in the empty field. */
export function NameControl({ name, form, onChange, errors, type }: ControlProps & { type: OfferTypeName }) {
  const { description } = contentShape(type);
  const words = useShapeWords("offers", description);
  const field = description.fields[name];
  return (
    <TextField
      id={name}
      label={words.label(name)}
      helpText={words.help(name)}
      placeholder={useOfferWords().type(type)}
      value={String(form[name] ?? "")}
      onChange={(next) => onChange({ [name]: next })}
      maxLength={field?.kind === "text" ? field.longest : undefined}
      autoComplete="off"
      error={words.error(name, errors[name])}
    />
  );
}
