import type { ProductId } from "../../../ids.ts";
import type { Considered, SuggestedCompanions } from "./chosen-offer.ts";

/**
 * The companions that a person is to approve or to reject: of those with enough evidence the first that a set of
 * `setSize` has room for beside the pins, without those that are approved. What
 * breaks a limit is not asked about. A rejected one makes room for the next.
 */
export function proposedOf(
  suggested: SuggestedCompanions | null,
  considered: readonly Considered[],
  setSize: number,
): ProductId[] {
  const decided = new Map(considered.map((one) => [one.product, one]));
  const room = Math.max(0, setSize - considered.filter(({ pinned }) => pinned).length);
  return (suggested?.companions ?? [])
    .filter((product) => {
      const { pinned, blocked, excluded, limit } = decided.get(product)!;
      return !pinned && !blocked && !excluded && limit === null;
    })
    .slice(0, room)
    .filter((product) => !decided.get(product)!.approved);
}
