import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { fileError } from "./user-error.ts";

const CHUNK_BYTES = 1 << 18;

/**
 * The bytes of a file, chunk by chunk, unpacked where the file is gzip by its first bytes, whatever its name.
 * Throws a `UserError` for a file that cannot be read or unpacked.
 */
export async function* orderFileBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    const gzip = await isGzip(path);
    const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    if (!gzip) return yield* source;
    const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
    pipeline(source, unpacked, () => {});
    yield* unpacked;
  } catch (error) {
    throw fileError(error, path);
  }
}

/** Whether a file that begins so is gzip. */
export function isGzipStart(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return isGzipStart(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
