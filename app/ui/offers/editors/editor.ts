import type { ComponentType } from "react";
import type { OfferEditorView } from "../../../views/offer-editor-view.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";

/** What the editor of one type of offer adds to the fields that its config and reward declare. */
export interface OfferEditor {
  /** Own controls, by the path of the field in the offer without the numbers of rows: "config.tiers.reward". */
  readonly controls: Readonly<Record<string, ComponentType<ControlProps & { view: OfferEditorView }>>>;
  /** What stands below the fields of config and reward: fields that only some rewards have, or what a reward means. */
  readonly BelowReward?: ComponentType<Omit<ControlProps, "name"> & { view: OfferEditorView }>;
  /** What stands above the fields. */
  readonly Intro?: ComponentType<{ view: OfferEditorView }>;
}
