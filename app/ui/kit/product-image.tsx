import { Icon } from "@shopify/polaris";
import { ImageIcon } from "@shopify/polaris-icons";

/** A product's picture in a square of a fixed size; decorative, since its title always stands beside it. */
export function ProductImage({ url, size }: { url: string | null; size: number }) {
  return (
    <span className="tsuide-product-image" style={{ width: size, height: size }}>
      {url === null ? (
        <Icon source={ImageIcon} tone="subdued" />
      ) : (
        <img src={url} alt="" width={size} height={size} loading="lazy" decoding="async" />
      )}
    </span>
  );
}
