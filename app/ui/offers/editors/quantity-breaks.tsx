import { rowsOf, type ShapeForm } from "../../forms/shape-form.ts";
import { typedWhole } from "../../forms/typed-values.ts";
import type { OfferEditorView } from "../../../views/offer-editor-view.ts";
import { productsOfConditions } from "../named-in-conditions.ts";
import type { OfferEditor } from "./editor.ts";
import { typedReward } from "./typed-reward.ts";
import { UnitRewardNotes } from "./unit-reward-notes.tsx";

/** What the tiers mean for the products that were chosen. */
function TierNotes({ form, view }: { form: ShapeForm; view: OfferEditorView }) {
  const given = rowsOf(form["config.tiers"]).flatMap((tier) => {
    const reward = typedReward(tier, "reward", view.shop.currency);
    const units = typedWhole(String(tier.quantity ?? ""));
    return reward === null || typeof units !== "number" ? [] : [{ reward, units, fullPrice: 0 }];
  });
  return <UnitRewardNotes given={given} productIds={productsOfConditions(form) ?? []} />;
}

export const quantityBreaksEditor: OfferEditor = { controls: {}, BelowReward: TierNotes };
