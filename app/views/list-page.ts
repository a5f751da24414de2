/** One page of a list: what was found, which page it is, and how many there are. */
export interface ListPage<Found> {
  readonly found: Found;
  readonly page: number;
  readonly pageCount: number;
}

/**
 * Reads one page of a list by `read`, which gets the range of rows and returns how many there are in all. A page beyond
 * the end is taken for the last: what was filtered or decided meanwhile made the list shorter. Where `read` itself
 * takes an offset beyond the end for the last page, it answers the offset that it read from. `page` counts from 1.
 */
export async function pageOf<Found extends { readonly total: number; readonly offset?: number }>(
  page: number,
  size: number,
  read: (part: { offset: number; limit: number }) => Promise<Found>,
): Promise<ListPage<Found>> {
  const at = (number: number) => read({ offset: (number - 1) * size, limit: size });
  const found = await at(page);
  const pageCount = Math.max(Math.ceil(found.total / size), 1);
  if (found.offset !== undefined) return { found, page: Math.floor(found.offset / size) + 1, pageCount };
  if (page <= pageCount) return { found, page, pageCount };
  return { found: await at(pageCount), page: pageCount, pageCount };
}
