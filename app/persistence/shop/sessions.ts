import type { Prisma } from "@prisma/client";
import type { ShopDomain } from "../../domain/ids.ts";
import type { Database } from "../database/database.ts";
import type { TokenBox } from "./token-box.ts";

/** The offline token that background work uses. */
export interface OfflineSession {
  readonly accessToken: string;
  readonly scope: string | null;
  readonly expires: Date | null;
  readonly refreshToken: string | null;
  readonly refreshTokenExpires: Date | null;
}

const offlineId = (shop: ShopDomain) => `offline_${shop}`;

/** Where sessions are, and what opens the tokens in them. */
interface Sessions {
  readonly db: Pick<Prisma.TransactionClient, "session">;
  readonly tokens: TokenBox;
}

const sessionsOf = ({ prisma, tokens }: Database): Sessions => ({ db: prisma, tokens });

export function findOfflineSession(database: Database, shop: ShopDomain): Promise<OfflineSession | null> {
  return find(sessionsOf(database), shop);
}

export function saveOfflineSession(database: Database, shop: ShopDomain, session: OfflineSession): Promise<void> {
  return save(sessionsOf(database), shop, session);
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
      const held = { db, tokens: database.tokens };
      return work({ find: () => find(held, shop), save: (session) => save(held, shop, session) });
    },
    { timeout: PATIENCE_MS, maxWait: PATIENCE_MS },
  );
}

/** Null where there is no token, and where no key opens it. */
async function find({ db, tokens }: Sessions, shop: ShopDomain): Promise<OfflineSession | null> {
  const row = await db.session.findUnique({ where: { id: offlineId(shop) } });
  if (row === null || row.accessToken === "") return null;
  const accessToken = tokens.open(row.accessToken, shop);
  const refreshToken = row.refreshToken === null ? null : tokens.open(row.refreshToken, shop);
  if (accessToken === null || (refreshToken === null && row.refreshToken !== null)) return null;
  const { scope, expires, refreshTokenExpires } = row;
  return { accessToken, scope, expires, refreshToken, refreshTokenExpires };
}

async function save({ db, tokens }: Sessions, shop: ShopDomain, session: OfflineSession): Promise<void> {
  const { scope, expires, refreshTokenExpires } = session;
  const data = {
    accessToken: tokens.seal(session.accessToken, shop),
    refreshToken: session.refreshToken === null ? null : tokens.seal(session.refreshToken, shop),
    ...{ scope, expires, refreshTokenExpires },
  };
  const id = offlineId(shop);
  const create = { id, shop, state: "", isOnline: false, ...data };
  await db.session.upsert({ where: { id }, create, update: data });
}

/**
 * Seals with the first key what an older key sealed, or what an earlier version stored unsealed. What no key opens is
 * left. Says how many sessions were encrypted again; one that changes meanwhile is sealed with the first key anyway.
 */
export async function resealTokens({ prisma, tokens }: Database): Promise<number> {
  const rows = await prisma.session.findMany({
    select: { id: true, shop: true, accessToken: true, refreshToken: true },
  });
  let count = 0;
  for (const { id, shop, ...stored } of rows) {
    const stale = Object.entries(stored).filter(
      (entry): entry is [string, string] => entry[1] !== null && entry[1] !== "" && !tokens.isCurrent(entry[1]),
    );
    const opened = stale.map(([name, token]) => [name, tokens.open(token, shop)] as const);
    if (stale.length === 0 || opened.some(([, token]) => token === null)) continue;
    const data = Object.fromEntries(opened.map(([name, token]) => [name, tokens.seal(token!, shop)]));
    count += (await prisma.session.updateMany({ where: { id, ...Object.fromEntries(stale) }, data })).count;
  }
  return count;
}

/** Deletes every session of the shop. Says how many there were. */
export async function deleteSessions(database: Database, shop: ShopDomain): Promise<number> {
  return (await database.prisma.session.deleteMany({ where: { shop } })).count;
}
