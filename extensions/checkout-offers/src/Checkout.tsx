/** @jsxImportSource preact */
import "@shopify/ui-extensions/preact";
import type { Api } from "@shopify/ui-extensions/purchase.checkout.block.render";
import { render } from "preact";
import { useState } from "preact/hooks";
import { checkoutOf, offersOf } from "../../../extension-kit/app-metafields.ts";
import { type CartLine, productOf } from "../../../extension-kit/cart.ts";
import { armsOfCart } from "../../../extension-kit/cart-arms.ts";
import { creditOfCart } from "../../../extension-kit/cart-credit.ts";
import { goalOfCart } from "../../../extension-kit/cart-goal.ts";
import { chooseSuggestions } from "../../../extension-kit/choose-suggestions.ts";
import { customerHistory, shopperOf } from "../../../extension-kit/consent.ts";
import { hasDeclined, rememberDecline } from "../../../extension-kit/decline.ts";
import {
  ADD_ON_SHARE_BASIS_POINTS,
  againOfferId,
  type CartReward,
  type CartRewards,
  rankForCart,
  rewardsOfCart,
  shopEntriesInForce,
} from "../../../extension-kit/domain.ts";
import { useGoalProducts } from "../../../extension-kit/goal-products.ts";
import { publishEvent, usePublishExposed, usePublishShown } from "../../../extension-kit/offer-events.ts";
import type { StorefrontQuery } from "../../../extension-kit/product-details.ts";
import { shopperFacts } from "../../../extension-kit/shopper-facts.ts";
import { useSuggestions } from "../../../extension-kit/use-suggestions.ts";
import { EarnedCredit } from "./earned-credit.tsx";
import { GoalProgress } from "./goal-progress.tsx";
import { rewardText } from "./reward-text.ts";
import { SuggestionList } from "./suggestion-list.tsx";
import { type Additions, claimAtCheckout, useAdditions } from "./use-additions.ts";

/** What goes with this order, and how far it is from the rewards of the shop's goals. */
export default async function checkoutOffers() {
  const api = (globalThis as unknown as { shopify: Api }).shopify;
  render(<CheckoutOffers api={api} declinedBefore={await hasDeclined(api)} />, document.body);
}

function CheckoutOffers({ api, declinedBefore }: { api: Api; declinedBefore: boolean }) {
  const [declined, setDeclined] = useState(declinedBefore);
  const [failures, setFailures] = useState(0);
  const lines = api.lines.value;
  const metafields = api.appMetafields.value;
  const settings = api.settings.value;
  const canAdd = !declined && lines.length > 0 && api.instructions.value.lines.canAddCartLine;
  const currency = api.cost.totalAmount.value.currencyCode;
  const customer = customerHistory(metafields, api.customerPrivacy.value);
  const buyer = {
    currency,
    country: api.localization.country.value?.isoCode ?? null,
    language: api.localization.language.value.isoCode,
  };
  const facts = shopperFacts(api, lines, buyer);
  const published = checkoutOf(metafields);
  const arms = armsOfCart(api, published?.split);
  const offers = offersOf(lines.map(productOf), metafields, "checkout", facts, arms);
  const ranked =
    canAdd && !arms.isHeldOut ? rankForCart(offers, { shopper: shopperOf(currency, customer), customer }) : [];
  // What could not be added may have sold out: everything is looked up again.
  const found = useSuggestions(api.query as StorefrontQuery, ranked, buyer, failures);
  const hasGoal = settings.hide_goal !== true && !arms.isHeldOut;
  const shopOffers = (hasGoal ? (published?.offers ?? []) : []).filter(({ id }) => !arms.hides(id));
  // Who was exposed is decided by what is there for all arms alike, also where this arm is shown nothing of it.
  const forAll = canAdd ? [...offersOf(lines.map(productOf), metafields, "checkout", facts).values()] : [];
  const goals = settings.hide_goal === true ? [] : shopEntriesInForce(published?.offers ?? [], facts);
  usePublishExposed(api, arms.exposedBy([...forAll, ...goals].flatMap((one) => one?.id ?? [])));
  const rewards = rewardsOfCart(shopEntriesInForce(shopOffers, facts), buyer);
  const products = useGoalProducts(api.query as StorefrontQuery, productsOfRewards(rewards, lines), buyer);
  const goal = goalOfCart(lines, rewards, products);
  const words = { i18n: api.i18n, currency, products };
  const shareBasisPoints = addOnShare(settings.add_on_share);
  const shown = chooseSuggestions(found, { lines, offers, goal, shareBasisPoints });
  const credit = creditOfCart(lines, metafields, { currency, arms });
  const additions = useAdditions(api, { shown, found, onFailure: () => setFailures((count) => count + 1) });
  const hasRows = additions.rows.length > 0 && !declined;
  const claims = additions.rows.map(claimAtCheckout);
  usePublishShown(api, hasRows ? claims : []);

  if (!hasRows && goal === null && credit === null) {
    return api.extension.editor ? <s-text color="subdued">{api.i18n.translate("editor")}</s-text> : null;
  }
  return (
    <s-stack gap="base">
      {goal !== null && (
        <GoalProgress
          goal={goal}
          words={words}
          gift={{ api, canAdd: api.instructions.value.lines.canAddCartLine }}
          hasCode={api.discountCodes.value.length > 0}
        />
      )}
      {credit !== null && <EarnedCredit credit={credit} i18n={api.i18n} />}
      {hasRows && (
        <Offers
          api={api}
          additions={additions}
          rewardText={(reward) => rewardText(reward, words)}
          itemCount={lines.reduce((count, line) => count + line.quantity, 0)}
          onDecline={() => {
            setDeclined(true);
            publishEvent(api, "declined", claims);
            void rememberDecline(api);
          }}
        />
      )}
    </s-stack>
  );
}

function Offers(props: {
  api: Api;
  additions: Additions;
  rewardText: (reward: CartReward) => string;
  itemCount: number;
  onDecline: () => void;
}) {
  const { api, additions, itemCount, onDecline } = props;
  const { rows, outcome } = additions;
  const { translate } = api.i18n;
  const areAllFromHistory = rows.every(({ product, offerId }) => offerId === againOfferId(product));
  return (
    <s-stack gap="base">
      <s-heading>{areAllFromHistory ? translate("fromHistory") : translate("heading", { count: itemCount })}</s-heading>
      {outcome?.code === "failed" && <s-banner tone="critical">{translate("error")}</s-banner>}
      <SuggestionList
        suggestions={rows}
        i18n={api.i18n}
        rewardText={props.rewardText}
        // Never disabled: a button that is loses the focus of whoever pressed it.
        action={({ suggestion, label }) => {
          const state = additions.stateOf(suggestion);
          return (
            <s-button
              variant="secondary"
              accessibilityLabel={state === "offered" ? label : undefined}
              onClick={() => void additions.add(suggestion)}
            >
              {translate(state === "offered" ? "add" : state)}
            </s-button>
          );
        }}
      />
      <s-stack accessibilityRole="status">
        {outcome?.code === "added" && <s-text>{translate("addedTitle", { title: outcome.title })}</s-text>}
      </s-stack>
      {rows.some((row) => additions.stateOf(row) === "offered") && (
        <s-link onClick={onDecline}>{translate("decline")}</s-link>
      )}
    </s-stack>
  );
}

/** What has to be known for rewards beside free shipping: the products of the cart, and gifts. Nothing without those rewards. */
function productsOfRewards({ rewards, gifts }: CartRewards, lines: readonly CartLine[]): string[] {
  return rewards.every(({ kind }) => kind === "ships") ? [] : [...lines.map(productOf), ...gifts];
}

/** The merchant's percentage in basis points; a quarter where it is not set or makes no sense. */
function addOnShare(setting: unknown): number {
  const percent = Number(setting);
  return Number.isInteger(percent) && percent >= 1 && percent <= 100 ? percent * 100 : ADD_ON_SHARE_BASIS_POINTS;
}
