import { bareId } from "./app-metafields.ts";
import { type Choice, CLAIM_PROPERTY, claimedOffer } from "./domain.ts";
import type { AnalyticsApi } from "./offer-events.ts";

/** A line of an order that came through an offer. */
export interface OfferedLine {
  /** Number of the order. */
  readonly order: string;
  /** The line's `_tsuide` property. */
  readonly claim: string;
  readonly title: string;
}

/** The part of Shopify's API on the thank-you page that says what was ordered and what the buyer allows. */
export interface OrderApi {
  readonly orderConfirmation: { readonly value: { readonly order: { readonly id: string } } | undefined };
  readonly lines: {
    readonly value: readonly {
      readonly attributes: readonly { readonly key: string; readonly value?: string | undefined }[];
      readonly merchandise: { readonly title: string };
    }[];
  };
  readonly customerPrivacy: { readonly value: { readonly allowedProcessing: { readonly analytics: boolean } } };
  readonly storage: {
    read<T>(key: string): Promise<T | null>;
    write(key: string, data: unknown): Promise<void>;
  };
}

const keyOf = (order: string) => `answered-${order}`;

/**
 * What a buyer can be asked about: the first line of the order that came through an offer. Null where there is none, where
 * the buyer was asked already, and where they do not allow analytics: their answer would reach nobody.
 */
export async function lineToAskAbout(api: OrderApi): Promise<OfferedLine | null> {
  const id = api.orderConfirmation.value?.order.id;
  if (id === undefined || !api.customerPrivacy.value.allowedProcessing.analytics) return null;
  const order = bareId(id);
  for (const { attributes, merchandise } of api.lines.value) {
    const claim = attributes.find(({ key }) => key === CLAIM_PROPERTY)?.value ?? "";
    if (claimedOffer(claim) === null) continue;
    const wasAsked = await api.storage.read<boolean>(keyOf(order)).catch(() => null);
    return wasAsked === true ? null : { order, claim, title: merchandise.title };
  }
  return null;
}

/** Remembers that the buyer was asked about an order. Storage that fails remembers nothing. */
export async function rememberAnswered({ storage }: Pick<OrderApi, "storage">, order: string): Promise<void> {
  await storage.write(keyOf(order), true).catch(() => undefined);
}

/** Publishes what a buyer chose. Nothing waits for it, and it never throws. */
export function publishAnswer({ analytics }: AnalyticsApi, { order, claim }: OfferedLine, choice: Choice): void {
  void Promise.resolve()
    .then(() => analytics.publish("tsuide:answered", { order, claim, ...choice }))
    .catch(() => {});
}
