/** @jsxImportSource preact */
import "@shopify/ui-extensions/preact";
import type { Api } from "@shopify/ui-extensions/admin.order-details.block.render";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { withNarrowYen } from "../../../extension-kit/domain.ts";
import { type Answer, askForOrder, type OrderOffers } from "./order-offers.ts";

/** Which of our offers applied to this order, what each saved, and what lost. */
export default async function orderOffers() {
  const api = (globalThis as unknown as { shopify: Api }).shopify;
  render(<OrderBlock api={api} />, document.body);
}

function OrderBlock({ api }: { api: Api }) {
  const { translate } = api.i18n;
  const id = api.data.selected[0]?.id ?? "";
  const language = translate("language");
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isShown = true;
    setAnswer(null);
    void askForOrder(id, language, fetch).then((answered) => isShown && setAnswer(answered));
    return () => {
      isShown = false;
    };
  }, [id, language, attempt]);
  return (
    <s-admin-block heading={translate("heading")}>
      {answer === null ? (
        <s-spinner accessibilityLabel={translate("loading")} />
      ) : answer.code === "found" ? (
        <Found api={api} view={answer.view} />
      ) : (
        <s-stack gap="base">
          <s-text>{answer.code === "failed" ? translate("failed") : translate("notFound")}</s-text>
          <s-button onClick={() => setAttempt(attempt + 1)}>{translate("again")}</s-button>
        </s-stack>
      )}
    </s-admin-block>
  );
}

function Found({ api, view }: { api: Api; view: OrderOffers }) {
  const { translate } = api.i18n;
  const money = (amount: string) => moneyText(api, amount, view.currency);
  const other = Number(view.otherDiscounts) > 0;
  const { saved, instead = null, savedUnknown = false } = view;
  return (
    <s-stack gap="base">
      {instead !== null && (
        <s-text color="subdued">{translate(`instead.${instead}`, { currency: view.currency })}</s-text>
      )}
      {saved.length === 0 && !savedUnknown && <s-text>{translate("nothing")}</s-text>}
      {saved.map(({ name, amount }) => (
        <s-text key={name}>{translate("saved", { name, amount: money(amount) })}</s-text>
      ))}
      {other && (
        <s-text color="subdued">
          {translate(savedUnknown ? "otherOrOurs" : "other", { amount: money(view.otherDiscounts) })}
        </s-text>
      )}
      {view.through.map(({ title, surface, offer }, place) => (
        <s-text key={place}>
          {translate(`through.${surface}`, { title, offer: offer === "" ? translate("unnamed") : offer })}
        </s-text>
      ))}
      {(view.credits ?? []).map((one, place) => (
        <s-text key={place}>{creditText(api, one)}</s-text>
      ))}
      {view.today.length > 0 && <s-heading>{translate("today")}</s-heading>}
      {view.today.map((one, place) => (
        <s-text key={place}>{outcome(api, one, money)}</s-text>
      ))}
      <s-link href={`app:${view.simulator}`}>{translate("simulator")}</s-link>
    </s-stack>
  );
}

/** An amount as staff write it. */
function moneyText({ i18n }: Api, amount: string, currency: string): string {
  return withNarrowYen(i18n.formatCurrency(Number(amount), { currency }));
}

/** What an offer gave as store credit, or why it gave none, in words. */
function creditText(api: Api, { reason, ...one }: NonNullable<OrderOffers["credits"]>[number]): string {
  const { translate, formatDate } = api.i18n;
  const offer = one.offer === "" ? translate("unnamed") : one.offer;
  if (reason !== null) return translate(`credit.${reason}`, { offer, day: formatDate(new Date(one.dueAt)) });
  const money = (amount: string) => moneyText(api, amount, one.currency);
  const values = { offer, amount: money(one.given), back: money(one.takenBack), lost: money(one.lost) };
  if (Number(one.lost) > 0) return translate("creditLost", values);
  return translate(Number(one.takenBack) > 0 ? "creditPartly" : "creditGiven", values);
}

/** What would become of an offer today, in words. */
function outcome({ i18n }: Api, one: OrderOffers["today"][number], money: (amount: string) => string): string {
  const offer = one.offer === "" ? i18n.translate("unnamed") : one.offer;
  if (one.code === "applied") return i18n.translate("applied", { offer, amount: money(one.saved) });
  const lostTo = one.lostTo.join(", ");
  if (one.code === "partly-applied") {
    return i18n.translate("partlyApplied", { offer, amount: money(one.saved), lostTo, more: money(one.more) });
  }
  return Number(one.more) > 0
    ? i18n.translate("lost", { offer, lostTo, more: money(one.more) })
    : i18n.translate("tie", { offer, lostTo });
}
