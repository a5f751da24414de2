import { z } from "zod";

const LONGEST_FORM = 20_000;

/**
 * Reads what `useSavedForm` sends, on the server: the fields as they were typed, and the version of what they were
 * typed over. Null where it is too long, no JSON, or no such form.
 */
export function readSentForm<F>(form: unknown, fields: z.ZodType<F>): { fields: F; version: number } | null {
  if (typeof form !== "string" || form.length > LONGEST_FORM) return null;
  try {
    return z.object({ fields, version: z.int().min(0) }).safeParse(JSON.parse(form)).data ?? null;
  } catch {
    return null;
  }
}
