import { useFetcher } from "@remix-run/react";
import { BlockStack, Box, Button, SkeletonBodyText, Text } from "@shopify/polaris";
import { type ReactNode, useEffect } from "react";

/** A part of a page that comes after the page itself. */
export interface Late<Part> {
  /** Undefined until it has come; null where it could not be read. */
  readonly part: Part | null | undefined;
  readonly loading: boolean;
  readonly onRetry: () => void;
}

/** Loads a part from an address that answers `{ part }`; again where the address changes. `key`: names it among others. */
export function useLatePart<Part>(key: string, address: string): Late<Part> {
  const { data, load, state } = useFetcher({ key });
  useEffect(() => load(address), [load, address]);
  const part = (data as { readonly part: Part | null } | undefined)?.part;
  return { part, loading: state !== "idle", onRetry: () => load(address) };
}

interface LatePartProps<Part> {
  late: Late<Part>;
  /** Whether what has come is of an earlier question. */
  isOld?: (part: Part) => boolean;
  /** What went wrong, and the words on the button that tries again. */
  failed: string;
  retry: string;
  /** Lines, and height if any, that stand in its place until it comes. */
  lines: number;
  minHeight?: string;
  children: (part: Part) => ReactNode;
}

/** Shows the part once it is there, and what to do where it is not. */
export function LatePart<Part>({ late, isOld, failed, retry, lines, minHeight, children }: LatePartProps<Part>) {
  const { part, loading, onRetry } = late;
  const isWaiting = part === undefined || (loading && (part === null || isOld?.(part) === true));
  return (
    <div aria-live="polite" aria-busy={loading}>
      {isWaiting ? (
        <Box {...(minHeight !== undefined && { minHeight })}>
          <SkeletonBodyText lines={lines} />
        </Box>
      ) : part === null ? (
        <BlockStack gap="200" inlineAlign="start">
          <Text as="p">{failed}</Text>
          <Button onClick={onRetry} loading={loading}>
            {retry}
          </Button>
        </BlockStack>
      ) : (
        children(part)
      )}
    </div>
  );
}
