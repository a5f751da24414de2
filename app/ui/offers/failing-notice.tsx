import { Banner, BlockStack, Button, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { RETURN_DAYS } from "../../domain/measurement/voice/failing.ts";
import type { FailingOfferView, FailingView } from "../../views/failing-view.ts";
import { useFormats } from "../kit/locale-provider.tsx";
import { offerAddress } from "./list-query.ts";
import { useOfferWords } from "./offer-words.ts";
import type { OfferActions } from "./use-offer-actions.ts";

interface FailingNoticeProps {
  offer: FailingOfferView;
  actions: OfferActions;
  /** Whether the page is the offer's own. */
  isOwnPage?: boolean;
  /** Something typed is not saved yet: what changes the offer waits for it. */
  disabled?: boolean;
}

/** That customers dislike an offer or send it back, what happened to it for that, and what staff can do. */
export function FailingNotice({ offer, actions, isOwnPage = false, disabled = false }: FailingNoticeProps) {
  const { t } = useTranslation("offers");
  const { type: typeName } = useOfferWords();
  const reason = useFailingReason();
  const { number, failing, paused, settled } = offer;
  if (settled && !paused) return null;
  const name = offer.name.trim() === "" ? typeName(offer.type) : offer.name;
  const state = paused ? "paused" : "asked";
  const change = paused ? "activate" : "pause";
  const pending = actions.pending;
  return (
    <Banner tone="warning" title={t(`failing.${state}.title.${failing.code}`, { offer: name })}>
      <BlockStack gap="200">
        <Text as="p">{reason(failing)}</Text>
        <Text as="p">{t(`failing.${state}.text`)}</Text>
        <InlineStack gap="200" blockAlign="center">
          <Button onClick={() => actions.run(change, [number])} loading={pending} disabled={disabled}>
            {t(`failing.${state}.${change}`)}
          </Button>
          {settled ? null : (
            <Button onClick={() => actions.keep(number)} disabled={pending}>
              {t(`failing.${state}.keep`)}
            </Button>
          )}
          {isOwnPage ? null : <Link url={offerAddress(number)}>{t("failing.open")}</Link>}
        </InlineStack>
      </BlockStack>
    </Banner>
  );
}

/** Why an offer fails, in a sentence with its figures. */
export function useFailingReason(): (failing: FailingView["failing"]) => string {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  return (failing) => {
    if (failing.code === "disliked") {
      const { no, answers } = failing;
      return t("failing.reason.disliked", { no: formats.number(no), answers: formats.number(answers) });
    }
    const { orders, returned, usual } = failing;
    return t("failing.reason.sent-back", {
      ...{ orders: formats.number(orders), returned: formats.number(returned), days: formats.number(RETURN_DAYS) },
      ...{ share: formats.percent(returned / orders), usual: formats.percent(usual) },
    });
  };
}
