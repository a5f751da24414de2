import type { TFunction } from "i18next";
import type { ProposalCheckView, ProposalView } from "../../views/proposals-view.ts";
import type { Formats } from "../kit/format.ts";

type Words = TFunction<"proposals">;

/** Why an offer is proposed, in a sentence or two with its figures. */
export function reasonWords({ reason, products, currency }: ProposalView, t: Words, formats: Formats): string {
  const [first, second, third] = products.map(({ title }) => title);
  const names = { first, second, third };
  const money = (amountMinor: number) => formats.money({ amountMinor, currency });
  const { number } = formats;
  switch (reason.code) {
    case "pair":
      return t("reason.pair", { ...names, together: number(reason.together), orders: number(reason.orders) });
    case "three": {
      const { withSecond, withThird, orders } = reason;
      const figures = { withSecond: number(withSecond), withThird: number(withThird), orders: number(orders) };
      return t("reason.three", { ...names, ...figures });
    }
    case "season": {
      const { together, inSeason, years, months } = reason;
      const figures = { together: number(together), inSeason: number(inSeason), years: number(years) };
      return t("reason.season", { ...figures, months: formats.months(months) });
    }
    case "slow": {
      const { recent, expected, partnerRecent } = reason;
      const figures = { recent: number(recent), expected: number(expected), partnerRecent: number(partnerRecent) };
      return t("reason.slow", { ...names, ...figures });
    }
    case "several": {
      const { several, orders, usual } = reason;
      return t("reason.several", { several: number(several), orders: number(orders), usual: number(usual) });
    }
    case "repeat": {
      const { customers, repeatShare, days } = reason;
      const figures = { customers: number(customers), share: formats.percent(repeatShare), days: number(days) };
      return t("reason.repeat", { count: days, ...figures });
    }
    case "moved": {
      const { customers, others } = reason;
      const moved = t("reason.moved", { count: customers, ...names, customers: number(customers) });
      if (others === 0) return moved;
      return formats.sentences([moved, t("reason.morePairs", { count: others, others: number(others) })]);
    }
    case "extra":
      return t("reason.extra", { together: number(reason.together), products: number(reason.products) });
    case "near-goal":
    case "own-rate": {
      const { goalMinor, medianMinor, share } = reason;
      const figures = { goal: money(goalMinor), median: money(medianMinor), share: formats.percent(share) };
      return t(`reason.${reason.code}`, figures);
    }
  }
}

/** What a person should know before the offer is published, in a sentence. */
export function checkWords(check: ProposalCheckView, currency: string, t: Words, formats: Formats): string {
  switch (check.code) {
    case "cost":
      return t("check.cost", { amount: formats.money({ amountMinor: check.monthlyMinor, currency }) });
    case "margin":
      return t("check.margin", { percent: formats.percent(check.leftPercent / 100) });
    case "cost-unknown":
      return t("check.cost-unknown", { products: formats.list(check.products) });
    case "already-reach":
      return t("check.already-reach", { share: formats.percent(check.share) });
    case "other-currencies":
      return t("check.other-currencies", { currency });
    case "shipping-cost":
    case "no-discount":
      return t(`check.${check.code}`);
  }
}
