import type { SelectionReport } from "../selection/choose.ts";
import type { RankingModel } from "./model.ts";
import { priorOf } from "../rankers/popularity.ts";
import { trainingBaskets } from "../matrices/training-baskets.ts";

/** One file of a stored model. */
export interface ModelFile {
  readonly name: "model.json" | "ids.json" | "arrays.bin";
  readonly bytes: Uint8Array;
}

/** A stored model that this version cannot read. */
export interface UnreadableModel {
  readonly code: "unknown-version" | "damaged";
  readonly detail: string;
}

const VERSION = 2;
const TYPES = { Uint32Array, Float32Array, Float64Array } as const;
type Section = { name: string; type: keyof typeof TYPES; length: number };
type Arrays = Record<string, Uint32Array | Float32Array | Float64Array>;

/** The model as three files: a readable head with the report, the ids, and all numbers (little-endian, 8-aligned). */
export function serialiseModel(model: RankingModel): ModelFile[] {
  const arrays = arraysOf(model);
  const sections: Section[] = Object.entries(arrays).map(([name, array]) => ({
    name,
    type: array.constructor.name as keyof typeof TYPES,
    length: array.length,
  }));
  const bytes = new Uint8Array(Object.values(arrays).reduce((sum, array) => sum + aligned(array.byteLength), 0));
  let at = 0;
  for (const array of Object.values(arrays)) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += aligned(array.byteLength);
  }
  const head = { version: VERSION, scales: model.scales, report: model.report, sections };
  const ids = { itemIds: model.itemIds, customerIds: model.customerIds };
  const text = new TextEncoder();
  return [
    { name: "model.json", bytes: text.encode(`${JSON.stringify(head, null, 2)}\n`) },
    { name: "ids.json", bytes: text.encode(JSON.stringify(ids)) },
    { name: "arrays.bin", bytes },
  ];
}

/** Reads back what {@link serialiseModel} gave, file by file. */
export function deserialiseModel(read: (name: ModelFile["name"]) => Uint8Array): RankingModel | UnreadableModel {
  const text = new TextDecoder();
  const head = JSON.parse(text.decode(read("model.json"))) as {
    version: number;
    scales: RankingModel["scales"];
    report: SelectionReport;
    sections: Section[];
  };
  if (head.version !== VERSION) {
    return {
      code: "unknown-version",
      detail: `The model is of version ${head.version}; this program reads ${VERSION}.`,
    };
  }
  const ids = JSON.parse(text.decode(read("ids.json"))) as { itemIds: string[]; customerIds: string[] };
  const bytes = read("arrays.bin");
  const expected = head.sections.reduce(
    (sum, { type, length }) => sum + aligned(length * TYPES[type].BYTES_PER_ELEMENT),
    0,
  );
  if (bytes.byteLength !== expected) {
    return { code: "damaged", detail: `arrays.bin has ${bytes.byteLength} bytes where ${expected} belong.` };
  }
  return modelOf(ids, head, sectionArrays(bytes, head.sections));
}

function sectionArrays(bytes: Uint8Array, sections: readonly Section[]): Arrays {
  // A copy by the constructor: `slice` of a Node Buffer is a view on memory that other Buffers share.
  const buffer = new Uint8Array(bytes).buffer;
  const arrays: Arrays = {};
  let at = 0;
  for (const { name, type, length } of sections) {
    arrays[name] = new TYPES[type](buffer, at, length);
    at += aligned(arrays[name].byteLength);
  }
  return arrays;
}

const LISTS = ["ridge", "confidence", "bestRule"] as const;

function arraysOf({ baskets, rankers, companions, pageCompanions }: RankingModel): Arrays {
  const arrays: Arrays = { "baskets.start": baskets.start, "baskets.items": baskets.items, "baskets.at": baskets.at };
  for (const ranker of LISTS) putLists(arrays, ranker, rankers[ranker]);
  putLists(arrays, "companions", companions);
  putLists(arrays, "pageCompanions", pageCompanions);
  arrays["prior"] = rankers.prior.share;
  arrays["history.start"] = rankers.history.start;
  arrays["history.item"] = rankers.history.item;
  arrays["history.share"] = rankers.history.share;
  arrays["history.orders"] = rankers.history.orders;
  arrays["history.repeatFactor"] = rankers.history.repeatFactor;
  arrays["history.forGood"] = rankers.history.forGood;
  return arrays;
}

function putLists(arrays: Arrays, name: string, lists: RankingModel["companions"]): void {
  arrays[`${name}.start`] = lists.start;
  arrays[`${name}.companion`] = lists.companion;
  arrays[`${name}.weight`] = lists.weight;
}

function modelOf(
  { itemIds, customerIds }: Pick<RankingModel, "itemIds" | "customerIds">,
  { scales, report }: Pick<RankingModel, "scales" | "report">,
  arrays: Arrays,
): RankingModel {
  const uints = (name: string) => arrays[name] as Uint32Array;
  const lists = (name: string) => ({
    start: uints(`${name}.start`),
    companion: uints(`${name}.companion`),
    weight: arrays[`${name}.weight`] as Float32Array,
  });
  const baskets = {
    start: uints("baskets.start"),
    items: uints("baskets.items"),
    at: arrays["baskets.at"] as Float64Array,
  };
  const table = { itemIds, customerIds, ...baskets, customer: new Int32Array(baskets.at.length).fill(-1) };
  const rankers = {
    ridge: lists("ridge"),
    confidence: lists("confidence"),
    bestRule: lists("bestRule"),
    baskets: trainingBaskets(table),
    prior: priorOf(arrays["prior"] as Float64Array),
    history: {
      start: uints("history.start"),
      item: uints("history.item"),
      share: arrays["history.share"] as Float32Array,
      orders: arrays["history.orders"] as Float32Array,
      repeatFactor: arrays["history.repeatFactor"] as Float32Array,
      forGood: uints("history.forGood"),
    },
  };
  return {
    itemIds,
    customerIds,
    baskets,
    rankers,
    scales,
    companions: lists("companions"),
    pageCompanions: lists("pageCompanions"),
    report,
    browsing: null,
    earlier: null,
  };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
