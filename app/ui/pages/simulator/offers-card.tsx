import { Badge, type BadgeProps, BlockStack, Button, Card, Link, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SimulatorOfferView, SimulatorView } from "../../../views/simulator-view.ts";
import { offerAddress } from "../../offers/list-query.ts";
import { groupOf, OUTCOME_GROUPS, type OutcomeGroup, useOfferNames, useOutcomeWords } from "./outcome-words.ts";

const TONES: Readonly<Record<OutcomeGroup, BadgeProps["tone"]>> = {
  applied: "success",
  lost: "attention",
  missing: "info",
  absent: undefined,
};

/** What became of each offer of the shop, and why; what has nothing to do with the cart on demand. */
export function OffersCard({ view }: { view: SimulatorView }) {
  const { t } = useTranslation("simulator");
  const [all, setAll] = useState(false);
  if (view.offers.length === 0) return null;
  const groups = OUTCOME_GROUPS.map((group) => ({
    group,
    offers: view.offers.filter(({ outcome }) => groupOf(outcome) === group),
  })).filter(({ offers }) => offers.length > 0);
  const absent = groups.find(({ group }) => group === "absent")?.offers.length ?? 0;
  const areAllAbsent = absent === view.offers.length;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("offers.title")}
        </Text>
        {areAllAbsent ? (
          <Text as="p" tone="subdued">
            {t("offers.none")}
          </Text>
        ) : null}
        {groups
          .filter(({ group }) => group !== "absent" || all || areAllAbsent)
          .map(({ group, offers }) => (
            <ul key={group} className="tsuide-products tsuide-divided" aria-label={t(`group.${group}`)}>
              {offers.map((offer) => (
                <OfferItem key={offer.number} {...{ offer, group, view }} />
              ))}
            </ul>
          ))}
        {absent === 0 || areAllAbsent ? null : (
          <div>
            <Button variant="plain" disclosure={all ? "up" : "down"} ariaExpanded={all} onClick={() => setAll(!all)}>
              {all ? t("offers.fewer") : t("offers.more", { count: absent })}
            </Button>
          </div>
        )}
      </BlockStack>
    </Card>
  );
}

function OfferItem({ offer, group, view }: { offer: SimulatorOfferView; group: OutcomeGroup; view: SimulatorView }) {
  const { t } = useTranslation("simulator");
  const names = useOfferNames(view.offers);
  const words = useOutcomeWords(view);
  return (
    <li className="tsuide-simulator-offer">
      <BlockStack gap="100">
        <span className="tsuide-simulator-offer-head">
          <Link url={offerAddress(offer.number)} removeUnderline>
            {names(offer.number)}
          </Link>{" "}
          <Badge tone={TONES[group]}>{t(`group.${group}`)}</Badge>
        </span>
        <Text as="p">{words(offer)}</Text>
      </BlockStack>
    </li>
  );
}
