import { useState } from "react";

/**
 * Which one of a list's products stands open, and what opens or closes one. The first does at first, so that the
 * evidence is seen without a click, and again when the open one has left the list.
 */
export function useOpened(rows: readonly { readonly productId: string }[]): {
  isOpen: (productId: string) => boolean;
  toggle: (productId: string) => void;
} {
  const first = rows[0]?.productId ?? null;
  const [opened, setOpened] = useState<string | null>(first);
  const open = opened === null || rows.some(({ productId }) => productId === opened) ? opened : first;
  return {
    isOpen: (productId) => productId === open,
    toggle: (productId) => setOpened(productId === open ? null : productId),
  };
}
