/** @jsxImportSource preact */
import "@shopify/ui-extensions/preact";
import type { Api } from "@shopify/ui-extensions/purchase.thank-you.block.render";
import { render } from "preact";
import { checkoutOf, offersOf } from "../../../extension-kit/app-metafields.ts";
import { armsOfCart } from "../../../extension-kit/cart-arms.ts";
import { productOf } from "../../../extension-kit/cart.ts";
import { creditOfCart } from "../../../extension-kit/cart-credit.ts";
import { distinct, unlikeTheOrder } from "../../../extension-kit/choose-suggestions.ts";
import { customerHistory, shopperOf } from "../../../extension-kit/consent.ts";
import { hasDeclined } from "../../../extension-kit/decline.ts";
import { claimOf, rankForCart } from "../../../extension-kit/domain.ts";
import { formatMoney } from "../../../extension-kit/money-text.ts";
import { publishEvent, usePublishShown } from "../../../extension-kit/offer-events.ts";
import { lineToAskAbout, type OfferedLine } from "../../../extension-kit/opinion.ts";
import type { StorefrontQuery, SuggestedProduct } from "../../../extension-kit/product-details.ts";
import { shopperFacts } from "../../../extension-kit/shopper-facts.ts";
import { useSuggestions } from "../../../extension-kit/use-suggestions.ts";
import { EarnedCredit } from "./earned-credit.tsx";
import { Opinion } from "./opinion.tsx";

/**
 * What goes with what was bought, as links: after the purchase nothing can be added to the order; and a question about the
 * offer that the order used. Nothing for a buyer who said no at checkout.
 */
export default async function thankYouOffers() {
  const api = (globalThis as unknown as { shopify: Api }).shopify;
  const arms = armsOfCart(api, checkoutOf(api.appMetafields.value)?.split);
  if (arms.isHeldOut || (await hasDeclined(api))) return;
  render(<ThankYouOffers api={api} about={await lineToAskAbout(api)} />, document.body);
}

function ThankYouOffers({ api, about }: { api: Api; about: OfferedLine | null }) {
  const lines = api.lines.value;
  const metafields = api.appMetafields.value;
  const currency = api.cost.totalAmount.value.currencyCode;
  const history = customerHistory(metafields, api.customerPrivacy.value);
  // Nothing is brought up by history alone: this is about what was bought just now.
  const adds = (history?.adds ?? []).map(({ product, weight }) => ({ product, weight }));
  const buyer = {
    currency,
    country: api.localization.country.value?.isoCode ?? null,
    language: api.localization.language.value.isoCode,
  };
  const arms = armsOfCart(api, checkoutOf(metafields)?.split);
  const offers = offersOf(lines.map(productOf), metafields, "thank-you", shopperFacts(api, lines, buyer), arms);
  const ranked = rankForCart(offers, {
    shopper: shopperOf(currency, history),
    customer: history === null ? null : { owned: history.owned, adds },
  });
  const found = useSuggestions(api.query as StorefrontQuery, ranked, buyer);
  const linked = distinct(unlikeTheOrder(found, { lines, offers })).flatMap((product) => {
    const href = linkTo(product, api.shop.storefrontUrl);
    return href === null ? [] : [{ product, href }];
  });
  usePublishShown(
    api,
    linked.map(({ product }) => claimHere(product)),
  );
  const opinion = about !== null && api.settings.value.hide_question !== true && <Opinion api={api} about={about} />;
  const credit = creditOfCart(lines, metafields, { currency, arms });
  if (linked.length === 0 && credit === null) return opinion || null;
  return (
    <s-stack gap="base">
      {credit !== null && <EarnedCredit credit={credit} i18n={api.i18n} />}
      {linked.length > 0 && <s-heading>{api.i18n.translate("thankYou.heading", { count: lines.length })}</s-heading>}
      {linked.map(({ product, href }) => (
        <s-grid key={product.product} gridTemplateColumns="auto 1fr" gap="base" alignItems="center">
          <s-product-thumbnail src={product.imageUrl ?? undefined} alt="" />
          <s-stack gap="none">
            <s-link href={href} onClick={() => publishEvent(api, "clicked", [claimHere(product)])}>
              {product.title}
            </s-link>
            <s-text>{formatMoney(api.i18n, product.price)}</s-text>
          </s-stack>
        </s-grid>
      ))}
      {opinion && <s-divider />}
      {opinion}
    </s-stack>
  );
}

const claimHere = ({ offerId }: SuggestedProduct) => claimOf(offerId, "thank-you");

/** The product's page; null where it has none. A new order starts afresh, so no discount of this one is promised. */
function linkTo(product: SuggestedProduct, storefrontUrl: string | undefined): string | null {
  if (product.url !== null) return product.url;
  return storefrontUrl === undefined ? null : new URL(`/products/${product.handle}`, storefrontUrl).href;
}
