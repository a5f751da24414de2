import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { z } from "zod";
import { readReview } from "../flows/offers/read-review.ts";
import { MOST_PAIRS, reviewSuggestions, undoReview } from "../flows/offers/review-suggestions.ts";
import { jsonField, productField } from "../server/form-fields.ts";
import { signedInShop, signedInStaff } from "../server/signed-in-shop.server.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { usePolling } from "../ui/kit/use-polling.ts";
import { DECISIONS, type ReviewResult, useReviewActions } from "../ui/pages/review/review-actions.ts";
import { REVIEW } from "../ui/pages/review/review-address.ts";
import { ReviewPage } from "../ui/pages/review/review-page.tsx";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";
export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";
export { answerOrFailure as clientAction, readAgainAfterSave as shouldRevalidate } from "../ui/forms/save-outcome.ts";

const LAST_PAGE = 1_000_000;
// What makes no sense is taken for what is usual: an address is often typed or cut short.
const query = z.object({ page: z.coerce.number().int().min(1).max(LAST_PAGE).catch(1) });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const { page } = query.parse(Object.fromEntries(new URL(request.url).searchParams));
  return { view: await readReview(shop, page, context.flows) };
}

const pairs = jsonField(
  z
    .array(z.object({ trigger: productField, companion: productField }))
    .min(1)
    .max(MOST_PAIRS),
  30_000,
);
const sent = z.discriminatedUnion("intent", [
  z.object({ intent: z.enum(DECISIONS), pairs: pairs.optional() }),
  z.object({ intent: z.literal("undo"), decision: z.enum(DECISIONS), at: z.iso.datetime() }),
]);

/** Approves or rejects what waits, or takes such a decision back. */
export async function action({ request, context }: ActionFunctionArgs): Promise<ReviewResult> {
  const { shop, flows } = await signedInStaff(request, context);
  const parsed = sent.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) return { intent: null, code: "invalid" };
  const asked = parsed.data;
  if (asked.intent === "undo") {
    return { intent: asked.intent, ...(await undoReview(shop, asked.decision, new Date(asked.at), flows)) };
  }
  return { intent: asked.intent, ...(await reviewSuggestions(shop, asked.intent, asked.pairs ?? null, flows)) };
}

export default function Review() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const { view } = data;
  const submit = useSubmit();
  const navigation = useNavigation();
  usePolling(view.publishing);
  return (
    <ReviewPage
      view={view}
      loading={navigation.state === "loading" && navigation.location.pathname === REVIEW}
      onPage={(page) => submit(page > 1 ? { page: String(page) } : {}, { action: REVIEW })}
      actions={useReviewActions()}
    />
  );
}
