import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** Codes with their names, in the alphabetical order of the names in the language of staff. */
export function useNamedCodes(
  codes: readonly string[],
  nameOf: (code: string) => string,
): { value: string; label: string }[] {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const { compare } = new Intl.Collator(i18n.language);
    return codes.map((value) => ({ value, label: nameOf(value) })).sort((a, b) => compare(a.label, b.label));
  }, [codes, nameOf, i18n.language]);
}
