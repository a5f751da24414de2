import type { Page } from "../operations/operation.ts";

/**
 * The nodes of a list from its first page to its last. A list whose owner is gone by the time of a later page (null) ends
 * there. Throws where Shopify announces another page and names no way to it: what is left would be lost in silence.
 */
export async function allPages<Node>(
  first: Page<Node>,
  pageAfter: (cursor: string) => Promise<Page<Node> | null>,
): Promise<Node[]> {
  const nodes = [...first.nodes];
  let { pageInfo } = first;
  while (pageInfo.hasNextPage) {
    if (pageInfo.endCursor === null) throw new Error("Shopify announces another page without a cursor");
    const page = await pageAfter(pageInfo.endCursor);
    if (page === null) break;
    nodes.push(...page.nodes);
    pageInfo = page.pageInfo;
  }
  return nodes;
}
