import { useFetcher } from "@remix-run/react";
import { Text } from "@shopify/polaris";
import { useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import { bareNumber, type ProductId } from "../../../domain/ids.ts";
import { amountOff } from "../../../domain/pricing/kernel/amounts.ts";
import { AMOUNT_OFF, FIXED_PRICE, PERCENT } from "../../../domain/pricing/kernel/rewards.ts";
import type { OfferEditorView } from "../../../views/offer-editor-view.ts";
import type { CostedSetView, SetCostsView } from "../../../views/set-costs-view.ts";
import { rowsOf, type ShapeForm, switchOf } from "../../forms/shape-form.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { productsOfConditions } from "../named-in-conditions.ts";
import { largest, type Loss, lossOn } from "./below-cost.ts";
import { typedReward, type TypedReward } from "./typed-reward.ts";

const SET_COSTS = "/app/set-costs";
const KINDS = { percent: PERCENT, "amount-off": AMOUNT_OFF, "fixed-price": FIXED_PRICE };

/** Where the sets that a form is about are found; null where nobody can tell which they are before it is saved. */
export function setCostsAddress(form: ShapeForm, offer: number | null): string | null {
  const named = productsOfConditions(form);
  const size = new URLSearchParams({ size: String(form["config.setSize"] ?? "") });
  if (named !== null) size.set("ids", named.map((id) => bareNumber(id as ProductId)).join(" "));
  else if (rowsOf(form.conditions).length > 0) {
    if (offer === null) return null;
    size.set("offer", String(offer));
  }
  return `${SET_COSTS}?${size}`;
}

/** The set, or the product of one, on which the shop loses most by a reward. A percentage is taken off each product alone. */
export function setLoss(
  reward: TypedReward,
  { product, sets }: SetCostsView,
): (Loss & { titles: readonly string[] }) | null {
  const sold = reward.kind === "percent" ? (product === null ? [] : [product]) : sets;
  const loss = ({ titles, price, cost }: CostedSetView) => {
    const off = amountOff(price.amountMinor, KINDS[reward.kind], reward.value);
    const found = lossOn({ ...price, amountMinor: price.amountMinor - off }, [{ units: 1, cost }]);
    return found && { titles, ...found };
  };
  return largest(sold.map(loss)) ?? null;
}

/** Says where the reward of a set, as it is typed, takes a set that shoppers see below what it costs the shop. */
export function SetCostNotes({ form, view }: { form: ShapeForm; view: OfferEditorView }) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const given = form[switchOf("reward")] === true ? typedReward(form, "reward", view.shop.currency) : null;
  const reward = given !== null && Object.hasOwn(KINDS, given.kind) ? given : null;
  const { load, data } = useFetcher<SetCostsView>({ key: `set-costs:${useId()}` });
  const address = reward === null ? null : setCostsAddress(form, view.stored?.number ?? null);
  useEffect(() => {
    if (address !== null) load(address);
  }, [address, load]);
  const loss = reward === null || address === null || data === undefined ? null : setLoss(reward, data);
  if (loss === null) return null;
  const { titles, paid, cost } = loss;
  const money = { paid: formats.money(paid), cost: formats.money(cost) };
  return (
    <Text as="p" tone="critical">
      {t("belowCost.set", { count: titles.length, titles: formats.list(titles), ...money })}
    </Text>
  );
}
