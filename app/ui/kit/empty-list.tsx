import { Box, EmptyState, type EmptyStateProps } from "@shopify/polaris";

/** What a card without padding shows in place of a list that has nothing in it. Its text keeps away from the edges. */
export function EmptyList(props: Omit<EmptyStateProps, "image">) {
  return (
    <Box paddingInline={{ xs: "400", sm: "0" }}>
      <EmptyState image="/empty-list.svg" {...props} />
    </Box>
  );
}
