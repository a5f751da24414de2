/** Shopify's storage for an extension: all its targets share it, from checkout to the thank-you page. */
interface ExtensionStorage {
  read<T>(key: string): Promise<T | null>;
  write(key: string, data: unknown): Promise<void>;
}

/** The part of a checkout that remembers a "no thanks". */
export interface DecliningCheckout {
  readonly storage: ExtensionStorage;
  readonly attributes?: { readonly value?: readonly { readonly key: string; readonly value?: string }[] };
  readonly instructions?: { readonly value: { readonly attributes: { readonly canUpdateAttributes: boolean } } };
  applyAttributeChange?(change: { type: "updateAttribute"; key: string; value: string }): Promise<unknown>;
}

const DECLINED = "declined";
/** Cart attribute that theme blocks set and read as well (`theme/core/ajax-cart.ts`). It authorises nothing. */
const DECLINED_ATTRIBUTE = "_tsuide_declined";

/** Whether the buyer said "no thanks" in the shop or in this checkout. Storage that fails remembers nothing. */
export async function hasDeclined({ storage, attributes }: DecliningCheckout): Promise<boolean> {
  if (attributes?.value?.some(({ key, value }) => key === DECLINED_ATTRIBUTE && value)) return true;
  return (await storage.read<boolean>(DECLINED).catch(() => null)) === true;
}

/** Remembers a "no thanks" for this checkout and its thank-you page, and for the cart where the shop allows it. */
export async function rememberDecline(checkout: DecliningCheckout): Promise<void> {
  await checkout.storage.write(DECLINED, true).catch(() => undefined);
  if (!checkout.instructions?.value.attributes.canUpdateAttributes) return;
  const change = { type: "updateAttribute", key: DECLINED_ATTRIBUTE, value: "1" } as const;
  await checkout.applyAttributeChange?.(change).catch(() => undefined);
}
