import type { Prisma } from "@prisma/client";
import type { ShopDomain } from "../../domain/ids.ts";
import type { Database } from "../database/database.ts";

/** The offline token that background work uses. */
export interface OfflineSession {
  readonly accessToken: string;
  readonly scope: string | null;
  readonly expires: Date | null;
  readonly refreshToken: string | null;
  readonly refreshTokenExpires: Date | null;
}

const offlineId = (shop: ShopDomain) => `offline_${shop}`;

type Sessions = Pick<Prisma.TransactionClient, "session">;

export function findOfflineSession(database: Database, shop: ShopDomain): Promise<OfflineSession | null> {
  return find(database.prisma, shop);
}

export function saveOfflineSession(database: Database, shop: ShopDomain, session: OfflineSession): Promise<void> {
  return save(database.prisma, shop, session);
}

/** One shop's session, inside the transaction that holds it. */
export interface HeldSession {
  find(): Promise<OfflineSession | null>;
  save(session: OfflineSession): Promise<void>;
}

/** Longer than Shopify may take to answer, with those who wait before us. */
const PATIENCE_MS = 60_000;

/**
 * Runs `work` on the shop's session while nobody else does so, in any process. All of it is one transaction on one
 * connection: many who wait cannot starve the one who works.
 */
export function holdOfflineSession<T>(
  database: Database,
  shop: ShopDomain,
  work: (session: HeldSession) => Promise<T>,
): Promise<T> {
  return database.prisma.$transaction(
    async (db) => {
      await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`token:${shop}`}, 0))`;
      return work({ find: () => find(db, shop), save: (session) => save(db, shop, session) });
    },
    { timeout: PATIENCE_MS, maxWait: PATIENCE_MS },
  );
}

async function find(db: Sessions, shop: ShopDomain): Promise<OfflineSession | null> {
  const row = await db.session.findUnique({ where: { id: offlineId(shop) } });
  return row === null || row.accessToken === "" ? null : row;
}

async function save(db: Sessions, shop: ShopDomain, session: OfflineSession): Promise<void> {
  const { accessToken, scope, expires, refreshToken, refreshTokenExpires } = session;
  const data = { accessToken, scope, expires, refreshToken, refreshTokenExpires };
  const id = offlineId(shop);
  const create = { id, shop, state: "", isOnline: false, ...data };
  await db.session.upsert({ where: { id }, create, update: data });
}

/** Deletes every session of the shop. Says how many there were. */
export async function deleteSessions(database: Database, shop: ShopDomain): Promise<number> {
  return (await database.prisma.session.deleteMany({ where: { shop } })).count;
}
