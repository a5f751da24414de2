import { type OfferContent, OFFER_STATUSES } from "../../domain/offers/offer.ts";
import { GIVEN_BY } from "../../domain/offers/gives-discount.ts";
import { contentShape, offerType } from "../../domain/offers/offer-types.ts";
import { CREDIT_KINDS } from "../../domain/offers/rewards/rewards.ts";
import { SHOPPER_CONDITION_NAMES } from "../../domain/offers/shopper-conditions/shopper-conditions.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { PRICED_TYPES } from "../../domain/pricing/rules.ts";
import type { Description, ObjectDescription } from "../../domain/shape/field.ts";
import type { OfferEditorView } from "../../views/offer-editor-view.ts";
import {
  type FormContext,
  type FormErrors,
  readShapeForm,
  type ShapeForm,
  describedForm,
  switchOf,
} from "../forms/shape-form.ts";
import { LANGUAGES } from "../kit/locale.ts";

/** Whether our discount takes something off for an offer as its form says now. */
export function takesOffByForm(type: OfferTypeName, form: ShapeForm): boolean {
  if (!Object.hasOwn(PRICED_TYPES, type)) return false;
  if (GIVEN_BY[type] !== "reward") return true;
  return form[switchOf("reward")] === true && !CREDIT_KINDS.includes(String(form["reward.kind"]));
}

/** What an offer's form has a field of its own for. */
export function formContext({ shop }: Pick<OfferEditorView, "shop">): FormContext {
  return { currencies: shop.currencies, languages: LANGUAGES };
}

/** The form that shows an offer. */
export function offerForm(view: Pick<OfferEditorView, "type" | "content" | "shop">): ShapeForm {
  // Of what the editor shows: a reward that is switched on begins as one that the type can give.
  return describedForm(editorDescription(view.type, true), view.content, formContext(view));
}

/** Reads an offer's form, in the browser before it is sent and on the server when it comes. */
export function parseOfferForm(
  type: OfferTypeName,
  form: ShapeForm,
): { code: "ok"; input: OfferContent } | { code: "invalid"; errors: FormErrors } {
  return readShapeForm(contentShape(type), form);
}

/**
 * The fields of an offer as its editor shows them: without what the type cannot do, and without the status of offers that
 * are archived, which is reached by an action of its own.
 */
export function editorDescription(type: OfferTypeName, isArchived: boolean): ObjectDescription {
  const { rewards, conditions, surfaces, shoppers = SHOPPER_CONDITION_NAMES } = offerType(type);
  const { fields } = contentShape(type).description;
  const statuses = OFFER_STATUSES.filter((status) => isArchived || status !== "archived");
  return {
    kind: "object",
    fields: {
      ...fields,
      status: { kind: "choice", choices: statuses },
      surfaces: { kind: "list", fewest: 1, most: surfaces.length, of: { kind: "choice", choices: surfaces } },
      reward: withVariants(fields.reward!, rewards),
      conditions: withVariants(fields.conditions!, conditions),
      audience: withVariants(fields.audience!, shoppers),
    },
  };
}

/** A description in which the one choice between variants is narrowed to some of them. */
function withVariants(description: Description, names: readonly string[]): Description {
  switch (description.kind) {
    case "optional":
    case "list":
      return { ...description, of: withVariants(description.of, names) };
    case "object": {
      const fields = Object.entries(description.fields).map(([name, of]) => [name, withVariants(of, names)] as const);
      return { ...description, fields: Object.fromEntries(fields) };
    }
    case "one-of": {
      const variants = Object.entries(description.variants).filter(([name]) => names.includes(name));
      return { ...description, variants: Object.fromEntries(variants) };
    }
    default:
      return description;
  }
}

/** Some of the fields of a description. */
export function only({ fields }: ObjectDescription, ...names: readonly string[]): ObjectDescription {
  return { kind: "object", fields: Object.fromEntries(names.map((name) => [name, fields[name]!])) };
}
