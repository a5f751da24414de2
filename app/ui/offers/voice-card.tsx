import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { LEAST_ANSWERS } from "../../domain/measurement/voice/voice.ts";
import type { OfferVoiceView } from "../../views/offer-voice-view.ts";
import { useFormats } from "../kit/locale-provider.tsx";

/** What customers who used an offer said of it on the thank-you page. */
export function VoiceCard({ voice }: { voice: OfferVoiceView }) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const { helpful, recommend, days } = voice;
  const isSilent = helpful.answers === 0 && recommend.answers === 0;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("voice.title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("voice.intro", { days: formats.number(days) })}
          </Text>
        </BlockStack>
        {isSilent ? (
          <Text as="p">{t("voice.empty")}</Text>
        ) : (
          <>
            <Helpful helpful={helpful} />
            <Recommend recommend={recommend} />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function Helpful({ helpful: { answers, result } }: Pick<OfferVoiceView, "helpful">) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const given = { count: answers, answers: formats.number(answers) };
  const rows = result?.reasons.map(({ reason, orders }) => ({ name: t(`voice.reason.${reason}`), orders })) ?? [];
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {t("voice.helpful")}
      </Text>
      {result === null ? (
        <TooFew given={given} />
      ) : (
        <>
          <Text as="p" variant="headingLg">
            {formats.percent(result.share)}
          </Text>
          <Text as="p" tone="subdued">
            {t("voice.share", {
              ...given,
              low: formats.percent(result.interval.low),
              high: formats.percent(result.interval.high),
            })}
          </Text>
          {result.yes === answers ? null : <BarTable caption={t("voice.reasons")} rows={rows} />}
        </>
      )}
    </BlockStack>
  );
}

function Recommend({ recommend: { answers, result } }: Pick<OfferVoiceView, "recommend">) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const given = { count: answers, answers: formats.number(answers) };
  const rows = result?.points.map((orders, points) => ({ name: formats.number(points), orders })) ?? [];
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {t("voice.recommend")}
      </Text>
      {result === null ? (
        <TooFew given={given} />
      ) : (
        <>
          <Text as="p" variant="headingLg">
            {formats.number(Math.round(result.score))}
          </Text>
          <Text as="p" tone="subdued">
            {t("voice.score", given)}
          </Text>
          <BarTable caption={t("voice.points")} rows={rows.toReversed()} />
        </>
      )}
    </BlockStack>
  );
}

function TooFew({ given }: { given: { count: number; answers: string } }) {
  const { t } = useTranslation("offers");
  const least = useFormats().number(LEAST_ANSWERS);
  return <Text as="p">{t("voice.few", { ...given, least })}</Text>;
}

/** A table whose bars compare its rows. */
function BarTable({ caption, rows }: { caption: string; rows: readonly { name: string; orders: number }[] }) {
  const formats = useFormats();
  const most = Math.max(1, ...rows.map(({ orders }) => orders));
  return (
    <table className="tsuide-offer-funnel">
      <caption>{caption}</caption>
      <tbody>
        {rows.map(({ name, orders }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td aria-hidden>
              <span style={{ width: `${(100 * orders) / most}%` }} />
            </td>
            <td>{formats.number(orders)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
