/** What every entry of an envelope has. */
export interface PublishedEntry {
  /** An `OfferTypeName`, or a name that only a later release knows. */
  readonly type: string;
  /** See `offers/offer-id.ts`. */
  readonly id: string;
  /** For whom it is: the grammar of `tests` in `pricing/rules.ts`. Absent where it is for all shoppers. */
  readonly tests?: string;
}

/** An entry that its type has not read yet: the other fields can hold anything. */
export type UnreadEntry = PublishedEntry & Readonly<Record<string, unknown>>;
