import { bareNumber, gid, type ProductId } from "../../domain/ids.ts";
import type { CompanionChoice } from "../../domain/offers/types/bought-together/chosen-offer.ts";
import type { ShopStream, ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";

/** People's decisions about companions, the earliest first: of all products, or of some. */
export async function readChoices(tx: ShopTransaction, triggers?: readonly ProductId[]): Promise<CompanionChoice[]> {
  const [these, ids] =
    triggers === undefined
      ? ["", []]
      : ["AND trigger_id IN (SELECT unnest($2::text::bigint[]))", [`{${triggers.map(bareNumber).join(",")}}`]];
  const rows = await selectSql<{ trigger: string; companion: string; kind: CompanionChoice["kind"] }>(
    tx,
    `SELECT trigger_id::text AS trigger, companion_id::text AS companion, kind FROM choices
     WHERE shop = $1 ${these} ORDER BY chosen_at, companion_id`,
    ...[tx.shop, ...ids],
  );
  return rows.map(({ trigger, companion, kind }) => ({
    trigger: gid("Product", trigger),
    companion: gid("Product", companion),
    kind,
  }));
}

/** Stores one decision in place of an earlier one about the same pair. */
export async function saveChoice(tx: ShopTransaction, choice: CompanionChoice, chosenAt: Date): Promise<void> {
  const key = {
    shop: tx.shop,
    triggerId: BigInt(bareNumber(choice.trigger)),
    companionId: BigInt(bareNumber(choice.companion)),
  };
  await tx.db.choice.upsert({
    where: { shop_triggerId_companionId: key },
    create: { ...key, kind: choice.kind, chosenAt },
    // A pin that is pinned again keeps its place.
    update: { kind: choice.kind },
  });
}

/** What is decided about one pair, and since when; null where nothing is. */
export async function readChoice(
  tx: ShopTransaction,
  trigger: ProductId,
  companion: ProductId,
): Promise<{ kind: CompanionChoice["kind"]; chosenAt: Date } | null> {
  const pair = { shop: tx.shop, triggerId: BigInt(bareNumber(trigger)), companionId: BigInt(bareNumber(companion)) };
  const row = await tx.db.choice.findUnique({ where: { shop_triggerId_companionId: pair } });
  return row === null ? null : { kind: row.kind as CompanionChoice["kind"], chosenAt: row.chosenAt };
}

export async function deleteChoice(tx: ShopTransaction, choice: CompanionChoice): Promise<void> {
  await tx.db.choice.deleteMany({
    where: {
      shop: tx.shop,
      triggerId: BigInt(bareNumber(choice.trigger)),
      companionId: BigInt(bareNumber(choice.companion)),
      kind: choice.kind,
    },
  });
}

/** Trigger -> companions that a person has pinned or blocked. Ids are bare numbers. */
export async function readChosenPairs(tx: ShopStream): Promise<Map<string, Set<string>>> {
  const { rows } = await tx.client.query<{ trigger: string; companion: string }>(
    "SELECT trigger_id::text AS trigger, companion_id::text AS companion FROM choices WHERE shop = $1",
    [tx.shop],
  );
  const chosen = new Map<string, Set<string>>();
  for (const { trigger, companion } of rows) {
    chosen.set(trigger, (chosen.get(trigger) ?? new Set()).add(companion));
  }
  return chosen;
}
