import { Session } from "@shopify/shopify-api";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import type { Database } from "../database/database.ts";

/** What Shopify's package asks of a storage. */
type SessionStorage = Pick<
  PrismaSessionStorage<Database["prisma"]>,
  "storeSession" | "loadSession" | "deleteSession" | "deleteSessions" | "findSessionsByShop"
>;

/**
 * Shopify's own storage of sessions, with the tokens in them sealed. A session whose tokens no key opens counts as none:
 * Shopify's package then asks for a new token when the merchant opens the app.
 */
export function createSessionStorage(database: Database): SessionStorage {
  const inner = new PrismaSessionStorage(database.prisma);
  const sealed = (session: Session) => changed(session, (token) => database.tokens.seal(token, session.shop));
  const opened = (session: Session) => changed(session, (token) => database.tokens.open(token, session.shop));
  return {
    storeSession: async (session) => inner.storeSession(sealed(session)!),
    loadSession: async (id) => {
      const session = await inner.loadSession(id);
      return session && (opened(session) ?? undefined);
    },
    deleteSession: (id) => inner.deleteSession(id),
    deleteSessions: (ids) => inner.deleteSessions(ids),
    findSessionsByShop: async (shop) => (await inner.findSessionsByShop(shop)).flatMap((one) => opened(one) ?? []),
  };
}

/** A copy with other tokens; null where one of them cannot be changed. */
function changed(session: Session, change: (token: string) => string | null): Session | null {
  const { accessToken, refreshToken, ...rest } = session.toObject();
  const tokens: { accessToken?: string; refreshToken?: string } = {};
  for (const [name, token] of Object.entries({ accessToken, refreshToken })) {
    if (token === undefined) continue;
    const other = change(token);
    if (other === null) return null;
    tokens[name as keyof typeof tokens] = other;
  }
  return new Session({ ...rest, ...tokens });
}
