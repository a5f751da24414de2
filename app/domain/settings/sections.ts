import { merged, type ShapeValue } from "../shape/shape.ts";
import { assistance } from "./assistance.ts";
import { companions } from "./companions.ts";
import { costs } from "./costs.ts";
import { evidence } from "./evidence.ts";
import { failing } from "./failing.ts";
import { holdout } from "./holdout.ts";
import { modes } from "./modes.ts";
import { privacy } from "./privacy.ts";
import { storefront } from "./storefront.ts";
import { upgrades } from "./upgrades.ts";

/** The sections of the settings form, in the order in which the page shows them. Saved together, as one version. */
export const FORM_SECTIONS = { modes, companions, evidence, failing, holdout, assistance, costs, privacy };
export type FormSection = keyof typeof FORM_SECTIONS;

/** What the settings form saves. What is set of an offer is stored with the offer. */
export const formSettings = merged(modes, companions, evidence, failing, holdout, assistance, costs, privacy);
export type FormSettings = ShapeValue<typeof formSettings>;

/** What is saved elsewhere, each field by itself: the cap on the page of upgrades, the pause by a button. */
export const separateSettings = merged(upgrades, storefront);
export type SeparateSettings = ShapeValue<typeof separateSettings>;

/** Everything that is stored as a setting of the shop. A name is declared in one section only. */
export const allSettings = merged(formSettings, separateSettings);
export type Settings = ShapeValue<typeof allSettings>;
