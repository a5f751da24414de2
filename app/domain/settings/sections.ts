import { merged, type ShapeValue } from "../shape/shape.ts";
import { goal } from "./goal.ts";
import { privacy } from "./privacy.ts";
import { recommendations, setTerms, shownEvidence } from "./recommendations.ts";
import { storefront } from "./storefront.ts";
import { upgrades } from "./upgrades.ts";

/** The sections of the settings form, in the order in which the page shows them. Saved together, as one version. */
export const FORM_SECTIONS = { recommendations, goal, privacy };
export type FormSection = keyof typeof FORM_SECTIONS;

/** What the settings form saves. */
export const formSettings = merged(recommendations, goal, privacy);
export type FormSettings = ShapeValue<typeof formSettings>;

/** What is saved elsewhere, each field by itself: the cap on the page of upgrades, the pause by a button. */
export const separateSettings = merged(upgrades, storefront);
export type SeparateSettings = ShapeValue<typeof separateSettings>;

/** What the settings form saves with offers. */
export const offerTerms = merged(setTerms, goal);
export type OfferTerms = ShapeValue<typeof offerTerms>;

/** What the settings form saves beside them. */
export const storedFormSettings = merged(shownEvidence, privacy);
export type StoredFormSettings = ShapeValue<typeof storedFormSettings>;

/** Everything that is stored as a setting of the shop. A name is declared in one section only. */
export const allSettings = merged(storedFormSettings, separateSettings);
export type Settings = ShapeValue<typeof allSettings>;
