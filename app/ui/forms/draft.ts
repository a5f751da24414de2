/*
What a person has typed over what is saved, as plain values: no React, no network. Several people may edit the same
form, and one save may be under way while typing goes on; whatever happens, a field that somebody edited keeps their
text until they save it, discard it, or choose what another person saved.
*/

export type FieldValue = string | boolean;
/** A form: a flat record of texts and ticks. Names serve as the fields' ids. */
export type FormFields<F> = { readonly [K in keyof F]: FieldValue | undefined };
export type FieldName<F> = keyof F & string;

/** What the server holds; the version grows by one with every save, whoever makes it. */
export interface Saved<F> {
  readonly fields: F;
  readonly version: number;
}

/** A field that another person saved while this form was being edited. */
export interface Overtaken<F> {
  readonly field: FieldName<F>;
  readonly before: FieldValue | undefined;
  readonly now: FieldValue | undefined;
  /** The field was edited here too: one of the two has to be chosen before saving. */
  readonly contested: boolean;
}

export interface Draft<F> {
  readonly saved: Saved<F>;
  /** Edited fields alone. */
  readonly edits: Partial<F>;
  readonly overtaken: readonly Overtaken<F>[];
}

/** The draft of a form that nobody has edited yet. */
export function openDraft<F extends FormFields<F>>(saved: Saved<F>): Draft<F> {
  return { saved, edits: {}, overtaken: [] };
}

/** The form as it stands: what is saved, with the edits over it. */
export function fieldsOf<F extends FormFields<F>>(draft: Draft<F>): F {
  return { ...draft.saved.fields, ...draft.edits };
}

/** True where saving would change something. */
export function isDirty<F extends FormFields<F>>(draft: Draft<F>): boolean {
  return Object.keys(draft.edits).length > 0;
}

/** True where a person has to choose between their own text and what another person saved. */
export function isContested<F extends FormFields<F>>(draft: Draft<F>): boolean {
  return draft.overtaken.some(({ contested }) => contested);
}

/** Some fields edited. A field that is back at its saved value is no edit any more. */
export function changeDraft<F extends FormFields<F>>(draft: Draft<F>, change: Partial<F>): Draft<F> {
  return settled({ ...draft, edits: { ...draft.edits, ...change } });
}

/** The edits taken back; the form shows what is saved. */
export function discardEdits<F extends FormFields<F>>(draft: Draft<F>): Draft<F> {
  return openDraft(draft.saved);
}

/**
 * The server has saved `sent`, these very edits, as `version`. What was typed since they were sent stays an edit.
 * Where the server was read meanwhile, the save is known already, and is nobody else's.
 */
export function acceptSave<F extends FormFields<F>>(draft: Draft<F>, sent: Partial<F>, version: number): Draft<F> {
  if (version <= draft.saved.version) {
    const isOwn = ({ field, now }: Overtaken<F>) => field in sent && sent[field] === now;
    return settled({ ...draft, overtaken: draft.overtaken.filter((one) => !isOwn(one)) });
  }
  return settled({
    saved: { fields: { ...draft.saved.fields, ...sent }, version },
    edits: draft.edits,
    overtaken: [],
  });
}

/**
 * What the server holds by now. Fields that were not edited follow it, and are reported where others are being edited;
 * edited ones keep their text. Older than what is known, or the same, it changes nothing, and the same draft is
 * returned.
 */
export function followSaved<F extends FormFields<F>>(draft: Draft<F>, saved: Saved<F>): Draft<F> {
  const before = draft.saved;
  if (saved.version < before.version) return draft;
  const changed = fieldNames(before.fields, saved.fields).filter(
    (field) => before.fields[field] !== saved.fields[field],
  );
  if (changed.length === 0 && saved.version === before.version) return draft;
  // The same version in other words: the server writes "10" where "10 %" was typed.
  if (saved.version === before.version || !isDirty(draft)) return settled({ ...draft, saved });
  const earlier = new Map(draft.overtaken.map((one) => [one.field, one]));
  for (const field of changed) {
    const first = earlier.get(field)?.before ?? before.fields[field];
    earlier.set(field, { field, before: first, now: saved.fields[field], contested: field in draft.edits });
  }
  return settled({ ...draft, saved, overtaken: [...earlier.values()] });
}

/** Ends a contest: `mine` keeps the text that was typed here, `theirs` takes what another person saved. */
export function chooseContested<F extends FormFields<F>>(
  draft: Draft<F>,
  field: FieldName<F>,
  choice: "mine" | "theirs",
): Draft<F> {
  const overtaken = draft.overtaken.filter((one) => one.field !== field);
  const edits = { ...draft.edits };
  if (choice === "theirs") delete edits[field];
  return { ...draft, edits, overtaken };
}

/** Drops edits that are saved already, and contests in which both sides say the same. */
function settled<F extends FormFields<F>>({ saved, edits, overtaken }: Draft<F>): Draft<F> {
  const left: Partial<F> = {};
  for (const field of Object.keys(edits) as FieldName<F>[]) {
    if (edits[field] !== saved.fields[field]) left[field] = edits[field];
  }
  return { saved, edits: left, overtaken: overtaken.filter(({ contested, field }) => !contested || field in left) };
}

function fieldNames<F extends FormFields<F>>(...forms: readonly F[]): FieldName<F>[] {
  return [...new Set(forms.flatMap((form) => Object.keys(form) as FieldName<F>[]))];
}
