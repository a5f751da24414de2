/**
 * A number from 0 to below 2^32 for a text under a salt: FNV-1a over the UTF-16 units of "salt/text" (Fowler, Noll & Vo), then
 * the finalizer of MurmurHash3 (Appleby), without which texts that differ in their last character would get numbers that lie
 * close together. The same on every machine, in the storefront's script and on the server.
 */
export function hashOf(salt: string, value: string): number {
  const text = `${salt}/${value}`;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
