import { expect, test } from "vitest";
import { contentShape } from "../../../domain/offers/offer-types.ts";
import {
  SHOPPER_CONDITION_NAMES,
  type ShopperConditionName,
} from "../../../domain/offers/shopper-conditions/shopper-conditions.ts";
import type { Description } from "../../../domain/shape/field.ts";
import { rowsText, type ShapeForm } from "../../forms/shape-form.ts";
import { editorDescription, formContext, offerForm, parseOfferForm } from "../offer-form.ts";
import { newCondition } from "./new-condition.ts";

const shop = { currency: "USD", currencies: ["USD", "JPY"], timezone: "UTC" };
/** A type that can use every condition. */
const TYPE = "add-on";
const content = contentShape(TYPE).default;

function variants() {
  let at: Description = editorDescription(TYPE, false).fields.audience!;
  if (at.kind === "object") at = at.fields.shoppers!;
  while (at.kind === "list") at = at.of;
  if (at.kind !== "one-of") throw new Error("Conditions are no choice between variants");
  return at.variants;
}
const saved = (row: ShapeForm) =>
  parseOfferForm(TYPE, {
    ...offerForm({ type: TYPE, content, shop }),
    "audience.shoppers": rowsText([{ "": rowsText([row]) }]),
  });

/** What a new condition of each kind still lacks. */
const LACKING: Readonly<Record<ShopperConditionName, [string, string] | null>> = {
  countries: ["inCountries", "too-few"],
  currencies: ["inCurrencies", "too-few"],
  languages: ["inLanguages", "too-few"],
  customer: null,
  "order-count": null,
  "customer-tags": ["inTags", "too-few"],
  "cart-value": ["worth", "no-amount"],
  "cart-units": null,
  campaign: ["inCampaigns", "too-few"],
};

test.each(SHOPPER_CONDITION_NAMES)("a new condition on %s lacks nothing but what only staff can say", (name) => {
  const row = newCondition(name, variants(), formContext({ shop }));
  const lacking = LACKING[name];
  const answer = saved(row);
  expect(answer.code === "invalid" ? answer.errors : {}).toEqual(
    lacking === null ? {} : { [`audience.shoppers.0.0.${lacking[0]}`]: lacking[1] },
  );
});

test("a list and an amount that staff choose are stored", () => {
  const context = formContext({ shop });
  const country = { ...newCondition("countries", variants(), context), inCountries: rowsText([{ "": "JP" }]) };
  const worth = { ...newCondition("cart-value", variants(), context), "worth.USD": "50" };
  const answers = [country, worth].map(saved).map((one) => (one.code === "ok" ? one.input.audience.shoppers : one));
  expect(answers).toEqual([
    [[{ shopper: "countries", matches: "any", inCountries: ["JP"] }]],
    [[{ shopper: "cart-value", compares: "at-least", worth: { USD: 5_000 } }]],
  ]);
});
