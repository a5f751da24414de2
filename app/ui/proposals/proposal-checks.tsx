import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ProposalView } from "../../views/proposals-view.ts";
import { useFormats } from "../kit/locale-provider.tsx";
import { checkWords } from "./proposal-words.ts";

/** What a person should know before a proposed offer is published. */
export function ProposalChecks({ proposal: { checks, currency } }: { proposal: ProposalView }) {
  const { t } = useTranslation("proposals");
  const formats = useFormats();
  if (checks.length === 0) return null;
  return (
    <ul className="tsuide-proposal-checks">
      {checks.map((check) => (
        <li key={check.code}>
          <Text as="span" variant="bodySm" breakWord>
            {checkWords(check, currency, t, formats)}
          </Text>
        </li>
      ))}
    </ul>
  );
}
