import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { dismissProposal, restoreProposal } from "../flows/playbooks/dismiss-proposal.ts";
import { ledTo } from "../server/led-to-page.server.ts";
import { signedInStaff } from "../server/signed-in-shop.server.ts";
import { OFFERS } from "../ui/offers/list-query.ts";
import { type DismissalAnswer, DISMISSALS } from "../ui/proposals/use-dismissal.ts";

export const loader = ledTo(OFFERS);
export { answerOrFailure as clientAction } from "../ui/forms/save-outcome.ts";

/** Longer than the name of a playbook with the numbers of four products. */
const LONGEST_ID = 120;

const sent = z.object({
  intent: z.enum(DISMISSALS),
  id: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .max(LONGEST_ID),
});

/** Dismisses a proposed offer, or takes that back. */
export async function action({ request, context }: ActionFunctionArgs): Promise<DismissalAnswer> {
  const { shop, flows } = await signedInStaff(request, context);
  const parsed = sent.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) return { intent: null, code: "unreadable" };
  const { intent, id } = parsed.data;
  const answer = intent === "dismiss" ? await dismissProposal(shop, id, flows) : await restoreProposal(shop, id, flows);
  return { intent, id, code: answer.code };
}
