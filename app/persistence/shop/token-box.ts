import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

const PREFIX = "sealed";
const IV_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/**
 * Encrypts the tokens that stand in the database (AES-256-GCM, NIST SP 800-38D), with keys that do not: whoever copies
 * the database has no shop's access. The shop is part of what is authenticated, so that a token cannot be moved to
 * another shop's row. The first key seals, every key opens: a new key is put before the old one, and the old one is
 * dropped once everything is encrypted again.
 */
export class TokenBox {
  readonly #keys: readonly { readonly id: string; readonly key: Buffer }[];

  /** @param keys Each of {@link KEY_BYTES} bytes. */
  constructor(keys: readonly Buffer[]) {
    this.#keys = keys.map((key) => {
      if (key.length !== KEY_BYTES) throw new Error(`A key for tokens has ${KEY_BYTES} bytes`);
      return { id: createHash("sha256").update(key).digest("base64url").slice(0, 8), key };
    });
  }

  /** "sealed.<key>.<iv, text and tag>". Throws where there is no key. */
  seal(token: string, shop: string): string {
    const first = this.#keys[0];
    if (first === undefined) throw new Error("No key for tokens is configured");
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv("aes-256-gcm", first.key, iv);
    cipher.setAAD(Buffer.from(shop));
    const text = Buffer.concat([cipher.update(token, "utf8"), cipher.final()]);
    return `${PREFIX}.${first.id}.${Buffer.concat([iv, text, cipher.getAuthTag()]).toString("base64url")}`;
  }

  /** The token; null where no key opens it. What an earlier version stored unsealed is given as it stands. */
  open(stored: string, shop: string): string | null {
    const [prefix, id, data] = stored.split(".");
    if (prefix !== PREFIX || id === undefined || data === undefined) return stored;
    const found = this.#keys.find((one) => one.id === id);
    const bytes = Buffer.from(data, "base64url");
    if (found === undefined || bytes.length < IV_BYTES + TAG_BYTES) return null;
    const decipher = createDecipheriv("aes-256-gcm", found.key, bytes.subarray(0, IV_BYTES));
    decipher.setAAD(Buffer.from(shop));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString("utf8");
    } catch {
      return null;
    }
  }

  /** Whether a stored token is sealed with the first key. */
  isCurrent(stored: string): boolean {
    return this.#keys[0] !== undefined && stored.startsWith(`${PREFIX}.${this.#keys[0].id}.`);
  }
}
