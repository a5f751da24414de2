import { useFetcher } from "@remix-run/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { showToast } from "../kit/app-bridge.ts";
import {
  acceptSave,
  changeDraft,
  chooseContested,
  discardEdits,
  type Draft,
  type FieldName,
  fieldsOf,
  followSaved,
  type FormFields,
  isContested,
  isDirty,
  openDraft,
  type Overtaken,
  type Saved,
} from "./draft.ts";
import type { SaveAnswer, SaveFailure } from "./save-outcome.ts";

/** Code of the words for each field that is wrong, by the field's name. */
export type FieldErrors = Readonly<Record<string, string>>;

/** A form as a page needs it. `change` keeps its identity, and `fields` until one changes, so that parts can be memoised. */
export interface SavedForm<F> {
  readonly fields: F;
  change(this: void, change: Partial<F>): void;
  readonly errors: FieldErrors;
  readonly dirty: boolean;
  readonly saving: boolean;
  /** The save takes so long that a person would wonder. */
  readonly slow: boolean;
  readonly failure: SaveFailure | null;
  /** Why the last save was refused as a whole. */
  readonly refusal: string | null;
  /** What the last save answered. */
  readonly answer: SaveAnswer | undefined;
  /** What other people saved while this form was being edited; a contested field has to be chosen before saving. */
  readonly overtaken: readonly Overtaken<F>[];
  choose(field: FieldName<F>, choice: "mine" | "theirs"): void;
  save(): void;
  discard(): void;
}

interface SavedFormOptions<F> {
  /** Tells apart the forms of the app. */
  key: string;
  /** What the server holds, as the loader last read it. */
  saved: Saved<F>;
  /** What the form begins with where that differs from what is saved: edits that only have to be saved. */
  begin?: Partial<F>;
  /** Codes of the fields that are wrong; nothing is sent as long as there are any. */
  validate: (fields: F) => FieldErrors;
  /** The action's name for this save, where it has several. */
  intent?: string;
}

const SLOW_AFTER_MS = 4_000;
const NO_ERRORS: FieldErrors = {};

/**
 * The one way in which pages edit what is saved. Fields stay open while a save is under way; a save that fails keeps
 * every character; what another person saved meanwhile is taken in where it touches no edit, and chosen where it does.
 * The route exports `answerOrFailure` as its `clientAction` and `readAgainAfterSave` as its `shouldRevalidate`, and its
 * action answers with a {@link SaveAnswer}.
 */
export function useSavedForm<F extends FormFields<F>>(options: SavedFormOptions<F>): SavedForm<F> {
  const { saved, begin = {}, validate, key, intent = "save" } = options;
  const fetcher = useFetcher<SaveAnswer>({ key });
  const [draft, setDraft] = useState<Draft<F>>(() => changeDraft(openDraft(saved), begin));
  const [sent, setSent] = useState<Partial<F>>({});
  const [errors, setErrors] = useState(NO_ERRORS);
  const [answer, setAnswer] = useState(fetcher.data);
  const saving = fetcher.state === "submitting";

  let now = draft;
  if (fetcher.data !== answer) {
    setAnswer(fetcher.data);
    if (fetcher.data?.code === "saved") now = acceptSave(now, sent, fetcher.data.version);
    setErrors(fetcher.data?.code === "invalid" ? fetcher.data.errors : NO_ERRORS);
  }
  now = followSaved(now, saved);
  if (now !== draft) setDraft(now);

  const save = () => {
    if (saving || isContested(now)) return;
    const fields = fieldsOf(now);
    const wrong = validate(fields);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    setSent(now.edits);
    const form = JSON.stringify({ fields, version: now.saved.version });
    fetcher.submit({ intent, form }, { method: "post" });
  };
  // Others saved and nothing differs for it, having changed a field and back: there is nothing to tell or to choose.
  const resent = useRef<SaveAnswer>();
  useEffect(() => {
    const answered = fetcher.data;
    if (answered?.code !== "stale" || answered === resent.current || fetcher.state !== "idle") return;
    resent.current = answered;
    if (isDirty(now) && now.overtaken.length === 0) save();
  });
  useAnswerToast(fetcher.data);
  const change = useCallback((changed: Partial<F>) => setDraft((before) => changeDraft(before, changed)), []);
  const failed = fetcher.data?.code === "failed" ? fetcher.data.reason : null;
  const fields = useMemo(() => fieldsOf(now), [now]);
  return {
    fields,
    change,
    errors,
    dirty: isDirty(now),
    saving,
    slow: useIsSlow(saving),
    failure: saving || !isDirty(now) ? null : fetcher.data?.code === "unreadable" ? "server" : failed,
    refusal: !saving && fetcher.data?.code === "refused" ? fetcher.data.reason : null,
    answer: fetcher.data,
    overtaken: now.overtaken,
    choose: (field, choice) => setDraft((before) => chooseContested(before, field, choice)),
    save,
    discard() {
      setDraft(discardEdits(now));
      setErrors(NO_ERRORS);
    },
  };
}

function useIsSlow(saving: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!saving) return;
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [saving]);
  return slow;
}

/** Says once, at the foot of the admin, that a save has worked; what went wrong is shown where it was typed. */
function useAnswerToast(answer: SaveAnswer | undefined): void {
  const { t } = useTranslation();
  const shownAnswer = useRef(answer);
  useEffect(() => {
    if (answer !== shownAnswer.current && answer?.code === "saved") showToast(t("form.saved"));
    shownAnswer.current = answer;
  }, [answer, t]);
}
