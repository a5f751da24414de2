import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { NOTICE_CODES } from "../domain/shop/notice.ts";
import { dismissNotice, restoreNotices } from "../flows/shop/dismiss-notice.ts";
import { ledTo } from "../server/led-to-page.server.ts";
import { signedInStaff } from "../server/signed-in-shop.server.ts";
import type { NoticeAnswer } from "../ui/pages/home/use-notices.ts";

const HOME = "/app";

export const loader = ledTo(HOME);
export { answerOrFailure as clientAction } from "../ui/forms/save-outcome.ts";

const notice = z.enum(NOTICE_CODES);
const sent = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("dismiss"), notice }),
  z.object({ intent: z.literal("restore"), notice: notice.nullable().default(null) }),
]);

/** Hides a notice, or shows it again; without a notice, all that were hidden. */
export async function action({ request, context }: ActionFunctionArgs): Promise<NoticeAnswer> {
  const { shop, flows } = await signedInStaff(request, context);
  const parsed = sent.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) return { code: "unreadable", notice: null };
  const asked = parsed.data;
  const answer =
    asked.intent === "dismiss"
      ? await dismissNotice(shop, asked.notice, flows)
      : await restoreNotices(shop, asked.notice, flows);
  return { code: answer.code, notice: asked.notice };
}
