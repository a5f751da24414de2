import { useState } from "react";

/**
 * Which of a list's products stand open, and what opens or closes one. The first does at first, so that the evidence is
 * seen without a click, and again when none of those that somebody opened is in the list any more. Opening one closes
 * no other: what a person looks at stays where it is.
 */
export function useOpened(rows: readonly { readonly productId: string }[]): {
  isOpen: (productId: string) => boolean;
  toggle: (productId: string) => void;
} {
  const [touched, setTouched] = useState<ReadonlyMap<string, boolean>>(new Map());
  const first = rows[0]?.productId;
  const isUntouched = !rows.some(({ productId }) => touched.has(productId));
  const isOpen = (productId: string) => touched.get(productId) ?? (productId === first && isUntouched);
  return {
    isOpen,
    toggle: (productId) => {
      const before = isUntouched && first !== undefined ? [[first, true] as const] : [];
      setTouched(new Map([...touched, ...before, [productId, !isOpen(productId)]]));
    },
  };
}
