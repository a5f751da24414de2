/** `gid://shopify/<resource>/<id>`. */
export function gidOf(resource: string, id: string): string {
  return `gid://shopify/${resource}/${id}`;
}

const GID = /^gid:\/\/shopify\/([A-Za-z]+)\/([0-9A-Za-z_-]+)$/;

/** The parts of a global id; null for anything else. */
export function parseGid(gid: string): { resource: string; id: string } | null {
  const match = GID.exec(gid);
  return match === null ? null : { resource: match[1] as string, id: match[2] as string };
}
