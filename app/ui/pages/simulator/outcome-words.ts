import { useTranslation } from "react-i18next";
import type { TierOutcome } from "../../../domain/simulation/simulate-tiers.ts";
import type { SimulatorOfferView, SimulatorOutcome, SimulatorView } from "../../../views/simulator-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { useOfferWords } from "../../offers/offer-words.ts";

/** How offers are grouped by what became of them, in the order in which they are shown. */
export const OUTCOME_GROUPS = ["applied", "lost", "missing", "absent"] as const;
export type OutcomeGroup = (typeof OUTCOME_GROUPS)[number];

const GROUPS = {
  ...{ applied: "applied", "partly-applied": "applied", "free-delivery": "applied", "earns-credit": "applied" },
  lost: "lost",
  ...{ "more-units": "missing", "products-missing": "missing", "amount-missing": "missing" },
} as const satisfies Partial<Record<SimulatorOutcome["code"], OutcomeGroup>>;

/** The group of an outcome; `absent` for what no small change of the cart would change. */
export function groupOf(outcome: SimulatorOutcome): OutcomeGroup {
  if (outcome.code === "tiers") {
    const groups = outcome.tiers.map(groupOfTier);
    return OUTCOME_GROUPS.find((group) => groups.includes(group)) ?? "absent";
  }
  const { code } = outcome;
  return code in GROUPS ? GROUPS[code as keyof typeof GROUPS] : "absent";
}

function groupOfTier(tier: TierOutcome): OutcomeGroup {
  if (tier.reward === "shipping") return groupOf(tier.outcome);
  if (tier.code === "applied" || tier.code === "lost") return tier.code;
  return tier.code === "not-in-cart" || tier.code === "amount-missing" ? "missing" : "absent";
}

/** Names of offers by their number: as staff named them, or the name of the type. */
export function useOfferNames(
  offers: readonly Pick<SimulatorOfferView, "number" | "type" | "name">[],
): (number: number) => string {
  const { t } = useTranslation("simulator");
  const words = useOfferWords();
  return (number) => {
    const offer = offers.find((one) => one.number === number);
    if (offer === undefined) return t("offer.unknown", { number });
    return offer.name === "" ? words.type(offer.type) : offer.name;
  };
}

/** What became of an offer, in words. */
export function useOutcomeWords(view: SimulatorView): (offer: SimulatorOfferView) => string {
  const { t } = useTranslation("simulator");
  const formats = useFormats();
  const names = useOfferNames(view.offers);
  const money = (amountMinor: number) => formats.money({ amountMinor, currency: view.currency });
  const offers = (numbers: readonly number[]) => formats.list(numbers.map(names));
  const ofTier = (tier: TierOutcome, offer: SimulatorOfferView): string => {
    if (tier.reward === "shipping") {
      return t("tier.shipping", { outcome: words({ ...offer, outcome: tier.outcome }) });
    }
    const values = {
      ...("savedMinor" in tier ? { amount: money(tier.savedMinor) } : {}),
      ...("missingMinor" in tier ? { amount: money(tier.missingMinor) } : {}),
      currency: view.currency,
    };
    return t(`tier.${tier.reward}`, { outcome: t(`tier.outcome.${tier.code}`, values) });
  };
  const words = (offer: SimulatorOfferView): string => {
    const { outcome, missing, missingLine } = offer;
    switch (outcome.code) {
      case "tiers":
        return formats.sentences(outcome.tiers.map((tier) => ofTier(tier, offer)));
      case "applied":
        return t("outcome.applied", { amount: money(outcome.savedMinor) });
      case "earns-credit":
        return t(outcome.waitDays === 0 ? "outcome.earns-credit-at-once" : "outcome.earns-credit", {
          ...{ amount: money(outcome.creditMinor), count: outcome.waitDays, days: formats.number(outcome.waitDays) },
        });
      case "partly-applied":
        return t("outcome.partly-applied", {
          ...{ amount: money(outcome.savedMinor), alone: money(outcome.aloneMinor) },
          ...{ offers: offers(outcome.lostTo), more: money(outcome.moreMinor) },
        });
      case "lost":
        return t(outcome.moreMinor > 0 ? "outcome.lost" : "outcome.tie", {
          offers: offers(outcome.lostTo),
          ...(outcome.moreMinor > 0 ? { more: money(outcome.moreMinor) } : {}),
        });
      case "other-currencies":
        return t("outcome.other-currencies", {
          currency: view.currency,
          currencies: formats.list(outcome.currencies),
        });
      case "other-countries":
        return t("outcome.other-countries", {
          countries: formats.list(outcome.countries.map((country) => formats.codeName("country", country))),
        });
      case "other-shoppers":
        return t("outcome.other-shoppers", {
          conditions: formats.list(outcome.conditions.map((one) => t(`condition.${one}`))),
        });
      case "more-units":
        return t("outcome.more-units", {
          ...{ count: outcome.units, units: formats.number(outcome.units), product: missingLine ?? "" },
        });
      case "products-missing":
        return t("outcome.products-missing", { products: formats.list(missing) });
      case "amount-missing":
        return t("outcome.amount-missing", { amount: money(outcome.missingMinor) });
      case "outranked":
        return t("outcome.outranked", { offer: names(outcome.by) });
      default:
        return t(`outcome.${outcome.code}`);
    }
  };
  return words;
}
