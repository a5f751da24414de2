/** Shopify's storage for an extension: all its targets share it, from checkout to the thank-you page. */
interface ExtensionStorage {
  read<T>(key: string): Promise<T | null>;
  write(key: string, data: unknown): Promise<void>;
}

const DECLINED = "declined";

/** Whether the buyer said "no thanks" in this checkout. Storage that fails remembers nothing. */
export async function hasDeclined(storage: ExtensionStorage): Promise<boolean> {
  return (await storage.read<boolean>(DECLINED).catch(() => null)) === true;
}

/** Remembers a "no thanks" for the rest of this checkout and its thank-you page. */
export async function rememberDecline(storage: ExtensionStorage): Promise<void> {
  await storage.write(DECLINED, true).catch(() => undefined);
}
