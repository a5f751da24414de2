import type { ComponentType } from "react";
import type { OfferEditorView } from "../../../views/offer-editor-view.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";

/** What the editor of one type of offer adds to the fields that its config and reward declare. */
export interface OfferEditor {
  /** Own controls, by the path of the field in the offer without the numbers of rows: "config.tiers.reward". */
  readonly controls: Readonly<Record<string, ComponentType<ControlProps & { view: OfferEditorView }>>>;
  /** Asks for fields of the config that only some rewards have, where the reward has been chosen. */
  readonly BelowReward?: ComponentType<Omit<ControlProps, "name">>;
  /** What stands above the fields. */
  readonly Intro?: ComponentType<{ view: OfferEditorView }>;
}
