import type { ExperimentContent, ExperimentStatus } from "../domain/measurement/experiments/experiment.ts";
import type { Incremental } from "../domain/measurement/experiments/incremental.ts";
import type { ExperimentReading } from "../domain/measurement/experiments/reading.ts";
import type { Verdict } from "../domain/measurement/experiments/verdict.ts";
import type { StartRefusal } from "./experiment-answer.ts";
import type { MoneyView } from "./money-view.ts";

/** An offer that can be compared, or that an experiment compares. */
export interface ComparedOfferView {
  number: number;
  /** Empty for the name of its type. */
  name: string;
  type: string;
  /** Whether shoppers can be shown it now. */
  isShown: boolean;
}

/** One arm. `offer` is null for nothing, or for an offer that is gone. */
export interface ArmView {
  offer: ComparedOfferView | null;
  weight: number;
}

/** An experiment in the list. */
export interface ExperimentRowView {
  number: number;
  name: string;
  status: ExperimentStatus;
  /** In the order in which they are compared. */
  arms: ArmView[];
  /** ISO times; null before they come. */
  startedAt: string | null;
  endedAt: string | null;
  /** Days on which shoppers came, and days that were planned; null before the first look. */
  days: number | null;
  plannedDays: number | null;
  /** Of the last look, or else of the latest; null before the first. */
  verdict: Verdict | null;
  /** Whether the verdict is that of the last look and stays. */
  isDecided: boolean;
  /** The number of the offer to keep by the verdict, 0 for none of them; null where it supports no choice. */
  kept: number | null;
}

/** What all offers together earned lately. */
export interface HoldoutView {
  percent: number;
  /** ISO times between which orders count. */
  from: string;
  to: string;
  incremental: Incremental;
  currency: string;
  cap: MoneyView | null;
  /** When it was last measured; null for never. */
  measuredAt: string | null;
  mixedUnits: number;
}

/** The page "Experiments". */
export interface ExperimentsView {
  experiments: ExperimentRowView[];
  holdout: HoldoutView;
  timezone: string;
}

/** One look in the chart. */
export interface LookView {
  day: number;
  at: string;
  gains: ExperimentReading["gains"];
}

/** What is set at the start: days and buyers until the last look, and the difference to be found, as a share. */
export interface ExperimentPlanView {
  days: number;
  buyers: number;
  worthwhile: number;
  /** Up to which amount a visitor's spending counts. */
  cap: MoneyView | null;
  currency: string;
}

/** The page of one experiment. */
export interface ExperimentView extends ExperimentRowView {
  version: number;
  content: ExperimentContent;
  /** Offers that can be chosen. */
  offers: ComparedOfferView[];
  plan: ExperimentPlanView | null;
  /** Of a draft: what it would be started with now, or what stands in the way; null from the start on. */
  outlook: { plan: ExperimentPlanView } | { refusal: StartRefusal } | null;
  measuredAt: string | null;
  /** Visitors that a measurement has read which runs now or is about to; null where none does. */
  measuring: number | null;
  looks: LookView[];
  reading: ExperimentReading | null;
  /** Offers that were changed since the start, by number. */
  changedOffers: number[];
  timezone: string;
}

/** The form of a new experiment. */
export interface NewExperimentView {
  content: ExperimentContent;
  offers: ComparedOfferView[];
}
