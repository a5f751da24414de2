import type { ShopDomain } from "../../domain/ids.ts";
import type { AdminClient } from "../client/admin-client.ts";
import { OperationRefused } from "../client/errors.ts";
import type { Page, PagedKind, PagesOfBulk } from "../operations/pages-of-bulk.ts";

/** How many things a page holds at first; halved as often as Shopify finds a page too dear. */
const LARGEST_PAGE = 25;

/** Some nodes as lines of a bulk file, and the cursor after which reading goes on; null where that was all. */
export interface PageLines {
  readonly lines: readonly string[];
  readonly cursor: string | null;
}

/**
 * Reads by pages what a bulk operation would put into a file, and gives it as that file's lines: each thing with its id,
 * each node of its connections with the thing's id as `__parentId`. It takes many calls where a bulk operation takes
 * one; throws what `AdminClient` throws.
 */
export async function* readPages(
  client: AdminClient,
  shop: ShopDomain,
  { top, one, nested }: PagedKind,
  operations: PagesOfBulk,
  from: string | null,
): AsyncGenerator<PageLines> {
  let first = LARGEST_PAGE;
  for (let after = from; ;) {
    let page: Page;
    try {
      page = (await client.query(shop, operations.page, { first, after }))[top]!;
    } catch (error) {
      if (!(error instanceof OperationRefused && error.codes.includes("MAX_COST_EXCEEDED")) || first === 1) throw error;
      first = Math.floor(first / 2);
      continue;
    }
    const lines: string[] = [];
    for (const node of page.nodes) {
      const own = Object.entries(node).filter(([name]) => !(name in nested));
      lines.push(JSON.stringify(Object.fromEntries(own)));
      for (const connection of Object.keys(nested)) {
        let part = node[connection] as Page | null | undefined;
        while (part !== null && part !== undefined) {
          for (const child of part.nodes) lines.push(JSON.stringify({ ...child, __parentId: node.id }));
          const { hasNextPage, endCursor } = part.pageInfo;
          if (!hasNextPage || endCursor === null) break;
          const further = await client.query(shop, operations.rest[connection]!, { id: node.id, after: endCursor });
          part = further[one]?.[connection];
        }
      }
    }
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    yield { lines, cursor: after };
    if (after === null) return;
  }
}
