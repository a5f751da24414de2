import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { z } from "zod";
import { OFFER_TYPE_NAMES } from "../domain/offers/offer-type-name.ts";
import { contentShape } from "../domain/offers/offer-types.ts";
import { readBacktest } from "../flows/backtest/read-backtest.ts";
import { cancelBacktest, requestBacktest } from "../flows/backtest/request-backtest.ts";
import { shopOfPart } from "../server/led-to-page.server.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";
import { isFormOf, type ShapeForm } from "../ui/forms/shape-form.ts";
import { readSentForm } from "../ui/forms/sent-form.ts";
import type { BacktestAnswer } from "../ui/offers/backtest/use-backtest.ts";
import { parseOfferForm } from "../ui/offers/offer-form.ts";

export { answerOrFailure as clientAction } from "../ui/forms/save-outcome.ts";

const DIGEST = /^[0-9a-f]{64}$/;
const digest = z.string().regex(DIGEST);
const asked = z.discriminatedUnion("intent", [
  z.object({ intent: z.enum(["try", "again"]), type: z.enum(OFFER_TYPE_NAMES), form: z.string() }),
  z.object({ intent: z.literal("cancel"), digest }),
]);

/** How far the backtest in the address is, and what came out of it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await shopOfPart(request, context, "/app/offers");
  const wanted = digest.safeParse(new URL(request.url).searchParams.get("digest"));
  return { view: wanted.success ? await readBacktest(shop, wanted.data, context.flows) : null };
}

/** Has the offer in a form tried on past orders, or stops that. */
export async function action({ request, context }: ActionFunctionArgs): Promise<BacktestAnswer> {
  const shop = await signedInShop(request, context);
  const sent = asked.safeParse(Object.fromEntries(await request.formData()));
  if (!sent.success) return { code: "invalid" };
  if (sent.data.intent === "cancel") {
    await cancelBacktest(shop, sent.data.digest, context.flows);
    return { code: "cancelled" };
  }
  const { type, form, intent } = sent.data;
  const isForm = (fields: unknown): fields is ShapeForm => isFormOf(contentShape(type).description, fields);
  const read = readSentForm(form, isForm);
  const parsed = read === null ? null : parseOfferForm(type, { ...read.fields, status: "draft" });
  if (parsed?.code !== "ok") return { code: "invalid" };
  return requestBacktest(shop, { type, content: parsed.input, again: intent === "again" }, context.flows);
}

/** An answer that cannot be had leaves the last one where it is: it must not replace the page that it is part of. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return serverLoader<typeof loader>().catch(() => null);
}
