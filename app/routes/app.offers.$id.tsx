import { type ActionFunctionArgs, json, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData, useNavigate, useParams } from "@remix-run/react";
import { useEffect } from "react";
import { bareNumber, type ProductId } from "../domain/ids.ts";
import { contentShape } from "../domain/offers/offer-types.ts";
import { isOfferTypeName, type OfferTypeName } from "../domain/offers/offer-type-name.ts";
import { readOfferFunnel } from "../flows/measurement/read-offer-funnel.ts";
import { readOfferVoice } from "../flows/measurement/read-offer-voice.ts";
import { newOffer, openProposal, readOffer } from "../flows/offers/read-offer.ts";
import { type OfferAnswer, createNewOffer, saveOffer } from "../flows/offers/save-offer.ts";
import { signedInShop, signedInStaff } from "../server/signed-in-shop.server.ts";
import { readSentForm } from "../ui/forms/sent-form.ts";
import { isFormOf, type ShapeForm } from "../ui/forms/shape-form.ts";
import { useSavedForm } from "../ui/forms/use-saved-form.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { GIVEN_UP } from "../ui/kit/use-leave-confirmation.ts";
import { usePause } from "../ui/kit/use-pause.ts";
import { useBacktest } from "../ui/offers/backtest/use-backtest.ts";
import { ForeignOfferPage } from "../ui/offers/foreign-offer-page.tsx";
import { offerAddress, OFFERS } from "../ui/offers/list-query.ts";
import { NewOfferPage } from "../ui/offers/new-offer-page.tsx";
import { offerForm, parseOfferForm } from "../ui/offers/offer-form.ts";
import { OfferPage } from "../ui/offers/offer-page.tsx";
import { useOfferActions } from "../ui/offers/use-offer-actions.ts";
import { useOfferPreview } from "../ui/offers/use-offer-preview.ts";
import { PROPOSAL } from "../ui/proposals/proposal-address.ts";
import { isForeign, type OfferEditorView } from "../views/offer-editor-view.ts";
import type { OfferFunnelView } from "../views/offer-funnel-view.ts";
import type { OfferVoiceView } from "../views/offer-voice-view.ts";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";
export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";
export { answerOrFailure as clientAction, readAgainAfterSave as shouldRevalidate } from "../ui/forms/save-outcome.ts";

const NEW = "new";
const NUMBER = /^[1-9]\d{0,8}$/;

/** An offer to edit, a new one of a type, or the choice of a type. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const { searchParams } = new URL(request.url);
  const proposed = searchParams.get(PROPOSAL);
  const filled = proposed === null ? null : await openProposal(shop, proposed, context.flows);
  if (filled !== null && String(filled.stored?.number ?? NEW) === params.id)
    return { view: filled, funnel: null, voice: null };
  // It was published, dismissed or is not proposed any more: the list says what is.
  if (proposed !== null && params.id === NEW) throw redirect(OFFERS);
  if (params.id === NEW) {
    const type = searchParams.get("type") ?? "";
    return {
      view: isOfferTypeName(type) ? await newOffer(shop, type, context.flows) : null,
      funnel: null,
      voice: null,
    };
  }
  if (!NUMBER.test(params.id ?? "")) throw new Response(null, { status: 404 });
  const number = Number(params.id);
  const [view, funnel, voice] = await Promise.all([
    readOffer(shop, number, context.flows),
    readOfferFunnel(shop, number, context.flows),
    readOfferVoice(shop, number, context.flows),
  ]);
  if (view === null) throw new Response(null, { status: 404 });
  return { view, funnel, voice };
}

/** Saves what the form sent, as a new offer or over the version that it was changed from. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { shop, flows } = await signedInStaff(request, context);
  const body = await request.formData();
  const type = body.get("intent");
  if (typeof type !== "string" || !isOfferTypeName(type)) return json({ code: "unreadable" as const }, { status: 400 });
  const isForm = (fields: unknown): fields is ShapeForm => isFormOf(contentShape(type).description, fields);
  const sent = readSentForm(body.get("form"), isForm);
  if (sent === null) return json({ code: "unreadable" as const }, { status: 400 });
  const parsed = parseOfferForm(type, sent.fields);
  if (parsed.code === "invalid") return json(parsed);
  if (params.id === NEW) return json(answerOf(await createNewOffer(shop, type, parsed.input, flows)));
  const named = { number: Number(params.id), version: sent.version };
  if (!NUMBER.test(params.id ?? "")) return json({ code: "refused" as const, reason: "not-found" });
  return json(answerOf(await saveOffer(shop, named, parsed.input, flows)));
}

/** What a save answers, as forms know it. */
function answerOf(answer: OfferAnswer) {
  switch (answer.code) {
    case "not-found":
    case "unusable":
    case "too-many":
      return { code: "refused" as const, reason: answer.code };
    default:
      return answer;
  }
}

export default function OfferRoute() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const { id } = useParams();
  const view = data.view as Awaited<ReturnType<typeof loader>>["view"];
  if (view === null) return <NewOfferPage />;
  if (isForeign(view)) return <ForeignOfferPage view={view} />;
  const key = `${id} ${view.type} ${view.proposal?.view.id ?? ""}`;
  return <Editor key={key} id={id ?? NEW} view={view} funnel={data.funnel} voice={data.voice} />;
}

interface EditorProps {
  id: string;
  view: OfferEditorView;
  funnel: OfferFunnelView | null;
  voice: OfferVoiceView | null;
}

function Editor({ id, view, funnel, voice }: EditorProps) {
  const { type, stored, proposal } = view;
  const navigate = useNavigate();
  const form = useSavedForm<ShapeForm>({
    key: `offer:${id}:${proposal?.view.id ?? ""}`,
    intent: type,
    saved: { fields: offerForm(view), version: stored?.version ?? 0 },
    ...(proposal === undefined ? {} : { begin: offerForm({ ...view, content: proposal.content }) }),
    validate: (fields) => errorsOf(type, fields),
  });
  const made = id === NEW && form.answer?.code === "saved" ? form.answer.number : undefined;
  useEffect(() => {
    if (made !== undefined) void navigate(offerAddress(made), { replace: true });
  }, [made, navigate]);
  return (
    <OfferPage
      view={view}
      // Without what was proposed there is nothing to edit.
      form={proposal === undefined ? form : { ...form, discard: () => navigate(OFFERS, { state: GIVEN_UP }) }}
      backtest={useBacktest(type, form.fields)}
      funnel={funnel}
      voice={voice}
      preview={useOfferPreview(type, form.fields, previewedProducts(view))}
      actions={useOfferActions((copy) => navigate(offerAddress(copy)))}
      pause={usePause()}
    />
  );
}

/** Bare ids of the products that a proposed offer is about, the one on whose page it is shown first. */
function previewedProducts({ proposal, type }: OfferEditorView): string[] {
  const ids = (proposal?.view.products ?? []).map(({ productId }) => bareNumber(productId as ProductId));
  const [first, second, ...others] = ids;
  // An extra is named before the products that it goes with.
  return type === "add-on" && first !== undefined && second !== undefined ? [second, first, ...others] : ids;
}

function errorsOf(type: OfferTypeName, fields: ShapeForm) {
  const parsed = parseOfferForm(type, fields);
  return parsed.code === "ok" ? {} : parsed.errors;
}
