import activity from "./ja/activity.json" with { type: "json" };
import backtest from "./ja/backtest.json" with { type: "json" };
import boughtTogether from "./ja/bought-together.json" with { type: "json" };
import common from "./ja/common.json" with { type: "json" };
import compatibility from "./ja/compatibility.json" with { type: "json" };
import customers from "./ja/customers.json" with { type: "json" };
import experiments from "./ja/experiments.json" with { type: "json" };
import home from "./ja/home.json" with { type: "json" };
import names from "./ja/names.json" with { type: "json" };
import notices from "./ja/notices.json" with { type: "json" };
import offers from "./ja/offers.json" with { type: "json" };
import privacy from "./ja/privacy.json" with { type: "json" };
import proposals from "./ja/proposals.json" with { type: "json" };
import ranking from "./ja/ranking.json" with { type: "json" };
import reconciliation from "./ja/reconciliation.json" with { type: "json" };
import results from "./ja/results.json" with { type: "json" };
import review from "./ja/review.json" with { type: "json" };
import settings from "./ja/settings.json" with { type: "json" };
import simulator from "./ja/simulator.json" with { type: "json" };
import upgrades from "./ja/upgrades.json" with { type: "json" };

/** All texts in Japanese, by page: one file that only those who read it fetch. */
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
