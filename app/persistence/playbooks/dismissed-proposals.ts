import type { ShopTransaction } from "../database/in-shop.ts";

/** The ids of all proposed offers that a person does not want. */
export async function readDismissed(tx: ShopTransaction): Promise<Set<string>> {
  const rows = await tx.db.dismissedProposal.findMany({ where: { shop: tx.shop }, select: { proposal: true } });
  return new Set(rows.map(({ proposal }) => proposal));
}

/** Dismissing the same twice changes nothing. */
export async function saveDismissed(tx: ShopTransaction, proposal: string, dismissedAt: Date): Promise<void> {
  const key = { shop: tx.shop, proposal };
  await tx.db.dismissedProposal.upsert({
    where: { shop_proposal: key },
    create: { ...key, dismissedAt },
    update: {},
  });
}

/** Takes a dismissal back. */
export async function deleteDismissed(tx: ShopTransaction, proposal: string): Promise<void> {
  await tx.db.dismissedProposal.deleteMany({ where: { shop: tx.shop, proposal } });
}
