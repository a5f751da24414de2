import { Badge, Icon, Text, type BadgeProps } from "@shopify/polaris";
import { ChevronDownIcon, ChevronUpIcon } from "@shopify/polaris-icons";
import { ProductImage } from "../product-image.tsx";

interface ProductToggleProps {
  product: { title: string; imageUrl: string | null };
  /** What there is to say of the product in a line. */
  summary: string;
  status: string;
  tone?: Exclude<BadgeProps["tone"], undefined> | undefined;
  open: boolean;
  onToggle: () => void;
  /** Id of what it opens. */
  controls: string;
}

/** The head of a product in a list: its state in a line, and the way to all the rest. */
export function ProductToggle({ product, summary, status, tone, open, onToggle, controls }: ProductToggleProps) {
  return (
    <button
      type="button"
      className="tsuide-product-toggle"
      aria-expanded={open}
      aria-controls={controls}
      onClick={onToggle}
    >
      <ProductImage url={product.imageUrl} size={40} />
      <span className="tsuide-product-summary">
        <Text as="span" fontWeight="semibold" breakWord>
          {product.title}
        </Text>
        <Text as="span" variant="bodySm" tone="subdued" breakWord>
          {summary}
        </Text>
      </span>
      <Badge {...(tone === undefined ? {} : { tone })}>{status}</Badge>
      <span>
        <Icon source={open ? ChevronUpIcon : ChevronDownIcon} />
      </span>
    </button>
  );
}
