import type { ShopDomain } from "../domain/ids.ts";
import type { Database } from "./database.ts";

/** The offline token that background work uses. */
export interface OfflineSession {
  readonly accessToken: string;
  readonly scope: string | null;
  readonly expires: Date | null;
  readonly refreshToken: string | null;
  readonly refreshTokenExpires: Date | null;
}

const offlineId = (shop: ShopDomain) => `offline_${shop}`;

export async function findOfflineSession(database: Database, shop: ShopDomain): Promise<OfflineSession | null> {
  const row = await database.prisma.session.findUnique({ where: { id: offlineId(shop) } });
  return row === null || row.accessToken === "" ? null : row;
}

export async function saveOfflineSession(database: Database, shop: ShopDomain, session: OfflineSession): Promise<void> {
  const { accessToken, scope, expires, refreshToken, refreshTokenExpires } = session;
  const data = { accessToken, scope, expires, refreshToken, refreshTokenExpires };
  const id = offlineId(shop);
  await database.prisma.session.upsert({
    where: { id },
    create: { id, shop, state: "", isOnline: false, ...data },
    update: data,
  });
}

/** Deletes every session of the shop. Says how many there were. */
export async function deleteSessions(database: Database, shop: ShopDomain): Promise<number> {
  return (await database.prisma.session.deleteMany({ where: { shop } })).count;
}
