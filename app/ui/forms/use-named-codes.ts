import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CodeKind } from "../../domain/shape/field.ts";
import { useFormats } from "../kit/locale-provider.tsx";

/** Codes with their names, in the alphabetical order of the names in the language of staff. */
export function useNamedCodes(kind: CodeKind, codes: readonly string[]): { value: string; label: string }[] {
  const { i18n } = useTranslation();
  const formats = useFormats();
  return useMemo(() => {
    const { compare } = new Intl.Collator(i18n.language);
    const named = codes.map((value) => ({ value, label: formats.codeName(kind, value) }));
    return named.sort((a, b) => compare(a.label, b.label));
  }, [kind, codes, formats, i18n.language]);
}
