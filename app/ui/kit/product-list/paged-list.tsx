import { Box, InlineStack, Pagination, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

interface ListFootProps {
  /** Whose pages these are: a page can have several lists. */
  name: string;
  /** How many products there are in all, in words. */
  total: string;
  /** Which page this is of how many, in words. */
  place: string;
  page: number;
  pageCount: number;
  onPage: (page: number) => void;
}

interface PagedListProps extends ListFootProps {
  /** Whether another page of it is on its way: the list is dimmed. */
  loading: boolean;
  children: ReactNode;
}

/** One page of a list, and what stands below it. */
export function PagedList({ loading, children, ...foot }: PagedListProps) {
  return (
    <>
      <div aria-busy={loading} className={loading ? "tsuide-list tsuide-loading" : "tsuide-list"}>
        {children}
      </div>
      <ListFoot {...foot} />
    </>
  );
}

/** The end of a list of products: how many there are, and the way to the other pages. */
function ListFoot({ name, total, place, page, pageCount, onPage }: ListFootProps) {
  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <span aria-live="polite">
          <Text as="span" tone="subdued">
            {total}
          </Text>
        </span>
        {pageCount <= 1 ? null : (
          <Pagination
            label={place}
            accessibilityLabel={name}
            hasPrevious={page > 1}
            onPrevious={() => onPage(page - 1)}
            hasNext={page < pageCount}
            onNext={() => onPage(page + 1)}
          />
        )}
      </InlineStack>
    </Box>
  );
}
