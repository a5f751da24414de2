import { gid, type OrderId } from "../../domain/ids.ts";
import type { SentAnswer } from "../../domain/measurement/voice/answers.ts";
import type { ChoiceCount } from "../../domain/measurement/voice/voice.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { shopStays } from "../shop/shops.ts";

const HOUR_MS = 3_600_000;

/** Stores choices that are not known yet; returns how many were left out because the last hour brought too many. */
export async function saveAnswers(
  tx: ShopTransaction,
  answers: readonly SentAnswer[],
  { now, mostAnHour }: { readonly now: Date; readonly mostAnHour: number },
): Promise<number> {
  if (!(await shopStays(tx))) return 0;
  const since = new Date(now.getTime() - HOUR_MS);
  const lately = await tx.db.answer.count({ where: { shop: tx.shop, receivedAt: { gt: since } }, take: mostAnHour });
  const taken = answers.slice(0, mostAnHour - lately);
  const data = taken.map(({ order, offer, at, ...answer }) => ({
    ...{ shop: tx.shop, ...answer, orderId: BigInt(order), offerNumber: offer },
    ...{ at: new Date(at), receivedAt: now },
  }));
  await tx.db.answer.createMany({ data, skipDuplicates: true });
  return answers.length - taken.length;
}

/** How customers chose since then, about one offer, counting only orders with a line that came through it. */
export function countChoices(tx: ShopTransaction, offer: number, since: Date): Promise<ChoiceCount[]> {
  return tx.db.$queryRaw<ChoiceCount[]>`
    SELECT n.question, n.answer, count(*)::int AS orders FROM answers n
    WHERE n.shop = ${tx.shop} AND n.offer_number = ${offer} AND n.at >= ${since} AND EXISTS (
      SELECT FROM attributions a WHERE a.shop = n.shop AND a.order_id = n.order_id AND a.offer_id = n.offer_id
    )
    GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** One choice, as whoever asks for their data is given it. */
export interface AnswerOfOrder {
  readonly orderId: OrderId;
  /** Number of the offer. */
  readonly offer: number;
  readonly question: string;
  readonly answer: string;
  readonly at: string;
}

/** What was chosen on the thank-you pages of a customer's orders, by their pseudonym. */
export async function answersOfCustomer(tx: ShopTransaction, customerKey: string): Promise<AnswerOfOrder[]> {
  const rows = await tx.db.$queryRaw<
    { order_id: bigint; offer_number: number; question: string; answer: string; at: Date }[]
  >`
    SELECT n.order_id, n.offer_number, n.question, n.answer, n.at FROM answers n JOIN orders o USING (shop, order_id)
    WHERE n.shop = ${tx.shop} AND o.customer_key = ${customerKey} ORDER BY 1, 2, 3`;
  return rows.map(({ order_id, offer_number, question, answer, at }) => ({
    ...{ orderId: gid("Order", order_id), offer: offer_number, question, answer, at: at.toISOString() },
  }));
}

/** Deletes answers that came before then and about which no order says that they can be true. */
export async function forgetUnprovenAnswers(tx: ShopTransaction, before: Date): Promise<void> {
  await tx.db.$executeRaw`
    DELETE FROM answers n WHERE n.shop = ${tx.shop} AND n.received_at < ${before} AND NOT EXISTS (
      SELECT FROM attributions a WHERE a.shop = n.shop AND a.order_id = n.order_id AND a.offer_id = n.offer_id
    )`;
}
