import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { NOTICE_CODES } from "../domain/shop/notice.ts";
import { dismissNotice, restoreNotice } from "../flows/shop/dismiss-notice.ts";
import { signedInStaff } from "../server/signed-in-shop.server.ts";
import { type NoticeAnswer, NOTICE_INTENTS } from "../ui/pages/home/use-notices.ts";

export { answerOrFailure as clientAction } from "../ui/forms/save-outcome.ts";

const sent = z.object({ intent: z.enum(NOTICE_INTENTS), notice: z.enum(NOTICE_CODES) });

/** Hides a notice, or shows it again. */
export async function action({ request, context }: ActionFunctionArgs): Promise<NoticeAnswer> {
  const { shop, flows } = await signedInStaff(request, context);
  const parsed = sent.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) return { code: "unreadable", notice: null };
  const { intent, notice } = parsed.data;
  const answer = await (intent === "dismiss" ? dismissNotice : restoreNotice)(shop, notice, flows);
  return { code: answer.code, notice };
}
