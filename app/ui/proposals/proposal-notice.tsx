import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ProposalView } from "../../views/proposals-view.ts";
import { useFormats } from "../kit/locale-provider.tsx";
import { ProposalChecks } from "./proposal-checks.tsx";
import { ProposalPictures } from "./proposal-row.tsx";
import { reasonWords } from "./proposal-words.ts";

/** Above the editor of a proposed offer: why it is proposed, what to check, and that saving publishes it. */
export function ProposalNotice({ proposal }: { proposal: ProposalView }) {
  const { t } = useTranslation("proposals");
  const formats = useFormats();
  return (
    <Card>
      <InlineStack gap="400" wrap={false} blockAlign="start">
        <ProposalPictures products={proposal.products} />
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t("notice.title", { playbook: t(`playbook.${proposal.playbook}`) })}
          </Text>
          <Text as="p" breakWord>
            {reasonWords(proposal, t, formats)}
          </Text>
          <ProposalChecks proposal={proposal} />
          <Text as="p" tone="subdued">
            {t("notice.text")}
          </Text>
        </BlockStack>
      </InlineStack>
    </Card>
  );
}
