import activity from "./en/activity.json" with { type: "json" };
import backtest from "./en/backtest.json" with { type: "json" };
import boughtTogether from "./en/bought-together.json" with { type: "json" };
import common from "./en/common.json" with { type: "json" };
import compatibility from "./en/compatibility.json" with { type: "json" };
import customers from "./en/customers.json" with { type: "json" };
import experiments from "./en/experiments.json" with { type: "json" };
import home from "./en/home.json" with { type: "json" };
import names from "./en/names.json" with { type: "json" };
import notices from "./en/notices.json" with { type: "json" };
import offers from "./en/offers.json" with { type: "json" };
import privacy from "./en/privacy.json" with { type: "json" };
import proposals from "./en/proposals.json" with { type: "json" };
import ranking from "./en/ranking.json" with { type: "json" };
import reconciliation from "./en/reconciliation.json" with { type: "json" };
import results from "./en/results.json" with { type: "json" };
import review from "./en/review.json" with { type: "json" };
import settings from "./en/settings.json" with { type: "json" };
import simulator from "./en/simulator.json" with { type: "json" };
import upgrades from "./en/upgrades.json" with { type: "json" };

/** All texts in English, by page: one file that only those who read it fetch. */
export const messages = {
  activity,
  common,
  home,
  offers,
  backtest,
  proposals,
  "bought-together": boughtTogether,
  ranking,
  upgrades,
  reconciliation,
  results,
  review,
  settings,
  simulator,
  compatibility,
  customers,
  experiments,
  names,
  notices,
  privacy,
};
