const LONGEST_FORM = 50_000;

/**
 * Reads what `useSavedForm` sends, on the server: the fields as they were typed, and the version of what they were
 * typed over. Null where it is too long, no JSON, or no such form.
 */
export function readSentForm<F>(
  form: unknown,
  isForm: (fields: unknown) => fields is F,
  longest: number = LONGEST_FORM,
): { fields: F; version: number } | null {
  if (typeof form !== "string" || form.length > longest) return null;
  try {
    const { fields, version } = JSON.parse(form) as { fields?: unknown; version?: unknown };
    return isForm(fields) && Number.isSafeInteger(version) && (version as number) >= 0
      ? { fields, version: version as number }
      : null;
  } catch {
    return null;
  }
}
