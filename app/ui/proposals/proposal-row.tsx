import { Badge, BlockStack, Button, Icon, InlineStack, Text } from "@shopify/polaris";
import { DeliveryIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import type { ProposalView } from "../../views/proposals-view.ts";
import { useFormats } from "../kit/locale-provider.tsx";
import { ProductImage } from "../kit/product-image.tsx";
import { proposalAddress } from "./proposal-address.ts";
import { ProposalChecks } from "./proposal-checks.tsx";
import { reasonWords } from "./proposal-words.ts";
import type { Dismissal } from "./use-dismissal.ts";

interface ProposalRowProps {
  proposal: ProposalView;
  dismissal: Dismissal;
  /** Whether what is to be checked is said here already; the review says it in any case. */
  withChecks: boolean;
}

/** One proposed offer: what it is about, why, and the way to its review. */
export function ProposalRow({ proposal, dismissal, withChecks }: ProposalRowProps) {
  const { t } = useTranslation("proposals");
  const { t: offers } = useTranslation("offers");
  const formats = useFormats();
  const { id, playbook, products, type } = proposal;
  const title = t(`playbook.${playbook}`);
  const titles = products.map((product) => product.title);
  const label = { playbook: title, products: formats.list(titles) };
  return (
    <li className="tsuide-proposal">
      <ProposalPictures products={products} />
      <BlockStack gap="150">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm" breakWord>
            {title}
          </Text>
          <Badge>{offers(`type.${type}.title`)}</Badge>
        </InlineStack>
        {titles.length === 0 ? null : (
          <Text as="p" fontWeight="medium" breakWord>
            {productsText(proposal)}
          </Text>
        )}
        <Text as="p" tone="subdued" breakWord>
          {reasonWords(proposal, t, formats)}
        </Text>
        {withChecks ? <ProposalChecks proposal={proposal} /> : null}
        <InlineStack gap="200">
          <Button url={proposalAddress(proposal)} accessibilityLabel={t("reviewLabel", label)}>
            {t("review")}
          </Button>
          <Button
            variant="tertiary"
            loading={dismissal.pending === id}
            disabled={dismissal.pending !== null}
            accessibilityLabel={t("dismissLabel", label)}
            onClick={() => dismissal.dismiss(id)}
          >
            {t("dismiss")}
          </Button>
        </InlineStack>
      </BlockStack>
    </li>
  );
}

/** What a proposal is about, in a line: an extra by itself, an upgrade with what it takes the place of. */
function productsText({ type, products }: ProposalView): string {
  const titles = products.map(({ title }) => title);
  if (type === "add-on") return titles[0] ?? "";
  return titles.join(type === "upgrade" ? " → " : " + ");
}

/** Pictures beside a proposal: more would leave its words no room. */
const MOST_PICTURES = 3;

/** Pictures of what a proposal is about, one over the other; of what is about no product, a sign of what it gives. */
export function ProposalPictures({ products }: Pick<ProposalView, "products">) {
  return (
    <span className="tsuide-proposal-pictures" aria-hidden>
      {products.length === 0 ? (
        <span className="tsuide-product-image" style={{ width: 40, height: 40 }}>
          <Icon source={DeliveryIcon} tone="subdued" />
        </span>
      ) : null}
      {products.slice(0, MOST_PICTURES).map(({ productId, imageUrl }) => (
        <ProductImage key={productId} url={imageUrl} size={40} />
      ))}
    </span>
  );
}
