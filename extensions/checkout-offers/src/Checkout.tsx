/** @jsxImportSource preact */
import "@shopify/ui-extensions/preact";
import type { Api } from "@shopify/ui-extensions/purchase.checkout.block.render";
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { cartMinor, customerHistory, goalAmounts, goalOfCart, offersInCart, shopperOf } from "./cart.ts";
import { ADD_ON_SHARE_BASIS_POINTS, againOfferId, rankForCart, withinAddOnCap } from "./domain.ts";
import { GoalProgress } from "./goal-progress.tsx";
import type { StorefrontQuery, SuggestedProduct } from "./product-details.ts";
import { SuggestionList } from "./suggestion-list.tsx";
import { useSuggestions } from "./use-suggestions.ts";

const SHOWN = 3;
const DECLINED = "declined";
const SURFACE = "checkout";

/** What goes with this order, and how far it is from free shipping. */
export default async function checkoutOffers() {
  const api = (globalThis as unknown as { shopify: Api }).shopify;
  const declined = await api.storage.read<boolean>(DECLINED).catch(() => null);
  render(<CheckoutOffers api={api} declinedBefore={declined === true} />, document.body);
}

function CheckoutOffers({ api, declinedBefore }: { api: Api; declinedBefore: boolean }) {
  const [declined, setDeclined] = useState(declinedBefore);
  const lines = api.lines.value;
  const metafields = api.appMetafields.value;
  const settings = api.settings.value;
  const canAdd = !declined && lines.length > 0 && api.instructions.value.lines.canAddCartLine;
  const currency = api.cost.totalAmount.value.currencyCode;
  const customer = customerHistory(metafields, api.customerPrivacy.value);
  const shopper = shopperOf(currency, customer);
  const ranked = canAdd ? rankForCart(offersInCart(lines, metafields), { shopper, customer }) : [];
  const found = useSuggestions(api.query as StorefrontQuery, ranked, {
    currency,
    country: api.localization.country.value?.isoCode ?? null,
    language: api.localization.language.value.isoCode,
  });
  const share = addOnShare(settings.add_on_share);
  const inCart = new Set(ranked.map(({ product }) => product));
  const shown = found
    .filter(({ product, price }) => inCart.has(product) && withinAddOnCap(price.amountMinor, cartMinor(lines), share))
    .slice(0, SHOWN);
  const goal = settings.hide_goal === true ? null : goalOfCart(lines, goalAmounts(metafields));

  if (shown.length === 0 && goal === null) {
    return api.extension.editor ? <s-text color="subdued">{api.i18n.translate("editor")}</s-text> : null;
  }
  return (
    <s-stack gap="base">
      <GoalProgress state={goal} i18n={api.i18n} />
      {shown.length > 0 && (
        <Offers
          api={api}
          products={shown}
          itemCount={lines.reduce((count, line) => count + line.quantity, 0)}
          onDecline={() => {
            setDeclined(true);
            void api.storage.write(DECLINED, true).catch(() => undefined);
          }}
        />
      )}
    </s-stack>
  );
}

function Offers(props: { api: Api; products: SuggestedProduct[]; itemCount: number; onDecline: () => void }) {
  const { api, products, itemCount, onDecline } = props;
  const [adding, setAdding] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const areAllFromHistory = products.every(({ product, offerId }) => offerId === againOfferId(product));
  const shownIds = products.map(({ product }) => product).join();
  useEffect(() => setFailed(false), [shownIds]);

  // A second tap comes before the first one is rendered, so the state alone cannot tell.
  const busy = useRef(false);
  async function add(product: SuggestedProduct) {
    if (busy.current) return;
    busy.current = true;
    setAdding(product.product);
    setFailed(false);
    const result = await api
      .applyCartLinesChange({
        type: "addCartLine",
        merchandiseId: product.variantId,
        quantity: 1,
        attributes: [{ key: "_tsuide", value: `${product.offerId}/${SURFACE}` }],
      })
      .catch(() => ({ type: "error" as const }));
    setFailed(result.type === "error");
    setAdding(null);
    busy.current = false;
  }

  return (
    <s-stack gap="base">
      <s-heading>
        {areAllFromHistory ? api.i18n.translate("fromHistory") : api.i18n.translate("heading", { count: itemCount })}
      </s-heading>
      {failed && <s-banner tone="critical">{api.i18n.translate("error")}</s-banner>}
      <SuggestionList
        products={products}
        i18n={api.i18n}
        action={({ product, label }) => (
          <s-button
            variant="secondary"
            loading={adding === product.product}
            disabled={adding !== null && adding !== product.product}
            accessibilityLabel={label}
            onClick={() => void add(product)}
          >
            {api.i18n.translate("add")}
          </s-button>
        )}
      />
      <s-link onClick={onDecline}>{api.i18n.translate("decline")}</s-link>
    </s-stack>
  );
}

/** The merchant's percentage in basis points; a quarter where it is not set or makes no sense. */
function addOnShare(setting: unknown): number {
  const percent = Number(setting);
  return Number.isInteger(percent) && percent >= 1 && percent <= 100 ? percent * 100 : ADD_ON_SHARE_BASIS_POINTS;
}
