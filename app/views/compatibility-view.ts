import type { FitsFileFault } from "../domain/offers/compatibility/fits-file.ts";
import type { ImportedRules } from "../domain/offers/compatibility/rules-of-rows.ts";
import type { CompatibilityRules } from "../domain/offers/compatibility/compatibility-rules.ts";

/** What the page of compatibility shows: what goes only with what, as staff stated it last. */
export interface CompatibilityView extends CompatibilityRules {
  /** Grows with every save; what a form was changed from. */
  readonly version: number;
}

/** What a file says, as rules that a person looks at before they save them; or why it cannot be read. */
export type FitsImport =
  | ({ readonly code: "read"; readonly rows: number; readonly unreadable: readonly number[] } & ImportedRules)
  | { readonly code: FitsFileFault };
