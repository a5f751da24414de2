import { companionLists } from "./companion-lists.ts";
import type { CompanionLists } from "./companion-lists.ts";
import { PARTS } from "./parts.ts";
import type { FittedParts, PartName, Scales } from "./parts.ts";

const LISTED: readonly PartName[] = ["ridge", "confidence"];

/** One list per item: the weights of the parts that are lists, each times its scale, added up. */
export function publishedLists(parts: FittedParts, scales: Scales): CompanionLists {
  const itemCount = parts.prior.share.length;
  const loud = LISTED.map((part) => ({
    lists: part === "ridge" ? parts.ridge.lists! : parts.confidence.lists!,
    scale: scales[PARTS.indexOf(part)]!,
  })).filter(({ scale }) => scale !== 0);
  const said = loud.length > 0 ? loud : [{ lists: parts.confidence.lists!, scale: 1 }];
  const longest = said.reduce((sum, { lists }) => sum + lists.companion.length, 0);
  const entries = {
    trigger: new Uint32Array(longest),
    companion: new Uint32Array(longest),
    weight: new Float32Array(longest),
    length: 0,
  };
  const weight = new Float64Array(itemCount);
  for (let trigger = 0; trigger < itemCount; trigger++) {
    const touched: number[] = [];
    for (const { lists, scale } of said) {
      for (let e = lists.start[trigger]!; e < lists.start[trigger + 1]!; e++) {
        const companion = lists.companion[e]!;
        if (weight[companion] === 0) touched.push(companion);
        weight[companion]! += scale * lists.weight[e]!;
      }
    }
    for (const companion of touched) {
      entries.trigger[entries.length] = trigger;
      entries.companion[entries.length] = companion;
      entries.weight[entries.length++] = weight[companion]!;
      weight[companion] = 0;
    }
  }
  return companionLists(itemCount, entries);
}
