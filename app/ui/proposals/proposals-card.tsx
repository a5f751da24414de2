import { Banner, BlockStack, Box, Button, Card, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProposalsView } from "../../views/proposals-view.ts";
import { Disclosure } from "../kit/disclosure.tsx";
import { useFormats } from "../kit/locale-provider.tsx";
import { OFFERS } from "../offers/list-query.ts";
import { ProposalRow } from "./proposal-row.tsx";
import type { Dismissal } from "./use-dismissal.ts";

/** How many proposals are shown before a person asks for all. */
const FIRST = 3;

/** Where on the page of offers they are. */
const PROPOSALS_ID = "proposals";

interface ProposalsProps {
  view: ProposalsView;
  dismissal: Dismissal;
}

/** The best proposals, with the way to all of them. Nothing where nothing is proposed: other cards say what is to do. */
export function FirstProposals({ view, dismissal }: ProposalsProps) {
  const { t } = useTranslation("proposals");
  const formats = useFormats();
  const { proposals } = view;
  if (proposals.length === 0) return null;
  return (
    <Card padding="0">
      <Head />
      {dismissal.failed ? <Failure /> : null}
      <ul className="tsuide-products tsuide-divided">
        {proposals.slice(0, FIRST).map((proposal) => (
          <ProposalRow key={proposal.id} proposal={proposal} dismissal={dismissal} withChecks={false} />
        ))}
      </ul>
      {proposals.length <= FIRST ? null : (
        <Box padding="400" borderBlockStartWidth="025" borderColor="border-secondary">
          <Button url={`${OFFERS}#${PROPOSALS_ID}`}>
            {t("showAll", { count: proposals.length, proposals: formats.number(proposals.length) })}
          </Button>
        </Box>
      )}
    </Card>
  );
}

/** All proposals, and what those need that are not proposed. */
export function AllProposals(props: ProposalsProps) {
  return (
    <div id={PROPOSALS_ID}>
      <AllProposalsCard {...props} />
    </div>
  );
}

function AllProposalsCard({ view, dismissal }: ProposalsProps) {
  const { t } = useTranslation("proposals");
  const formats = useFormats();
  const [showsAll, setShowsAll] = useState(false);
  const { proposals, orders } = view;
  const shown = showsAll ? proposals : proposals.slice(0, FIRST);
  return (
    <Card padding="0">
      <Head />
      {dismissal.failed ? <Failure /> : null}
      {proposals.length > 0 ? null : (
        <Box paddingInline="400" paddingBlockEnd="200">
          <Text as="p">{orders === null ? t("empty.noOrders") : t("empty.nothing")}</Text>
        </Box>
      )}
      <ul className="tsuide-products tsuide-divided">
        {shown.map((proposal) => (
          <ProposalRow key={proposal.id} proposal={proposal} dismissal={dismissal} withChecks />
        ))}
      </ul>
      {shown.length === proposals.length ? null : (
        <Box padding="400" borderBlockStartWidth="025" borderColor="border-secondary">
          <Button onClick={() => setShowsAll(true)}>
            {t("showAll", { count: proposals.length, proposals: formats.number(proposals.length) })}
          </Button>
        </Box>
      )}
      <NotProposed without={view.without} />
    </Card>
  );
}

function Head() {
  const { t } = useTranslation("proposals");
  return (
    <Box padding="400" paddingBlockEnd="200">
      <BlockStack gap="100">
        <Text as="h2" variant="headingMd">
          {t("title")}
        </Text>
        <Text as="p" tone="subdued">
          {t("text")}
        </Text>
      </BlockStack>
    </Box>
  );
}

function Failure() {
  const { t } = useTranslation("proposals");
  return (
    <Box paddingInline="400" paddingBlockEnd="200">
      <Banner tone="critical">{t("failed")}</Banner>
    </Box>
  );
}

/** The ready-made offers that are not proposed now, each with what it needs. */
function NotProposed({ without }: Pick<ProposalsView, "without">) {
  const { t } = useTranslation("proposals");
  if (without.length === 0) return null;
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border-secondary">
      <Disclosure label={t("without")}>
        <ul className="tsuide-products">
          {without.map((playbook) => (
            <Box as="li" key={playbook} paddingBlock="100">
              <Text as="p" fontWeight="medium">
                {t(`playbook.${playbook}`)}
              </Text>
              <Text as="p" tone="subdued">
                {t(`needs.${playbook}`)}
              </Text>
            </Box>
          ))}
        </ul>
      </Disclosure>
    </Box>
  );
}
