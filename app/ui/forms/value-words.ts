import type { TFunction } from "i18next";
import { type CodeKind, type Description, type ObjectDescription, within } from "../../domain/shape/field.ts";
import type { Formats } from "../kit/format.ts";
import type { FieldValue } from "./draft.ts";
import { descriptionAt, rowsOf, type ShapeForm } from "./shape-form.ts";

/** What the words of a value are made from. */
export interface ValueWords {
  label(path: string): string;
  option(path: string, value: string): { label: string };
  /** The title behind an id, where the page knows it. */
  titleOf(id: string): string;
  formats: Formats;
  t: TFunction;
}

/** A field's value as people read it; a list as all that its rows hold. Never empty. */
export function valueText(
  description: ObjectDescription,
  name: string,
  value: FieldValue | undefined,
  words: ValueWords,
): string {
  const field = descriptionAt(description, name);
  const text = field === null ? String(value ?? "") : partText(field, { [name]: value }, name, name, words);
  const { t } = words;
  return text === "" ? t("common:form.value.empty") : text;
}

/** The text of one field: `key` names it in its row, `path` in the whole form. Empty where nothing is filled in. */
function partText(field: Description, form: ShapeForm, key: string, path: string, words: ValueWords): string {
  const { t, formats } = words;
  const value = form[key];
  switch (field.kind) {
    case "boolean":
      return value === true ? t("common:form.value.on") : t("common:form.value.off");
    case "integer":
      return value !== "" && field.unit !== "count" ? `${String(value)}%` : String(value ?? "");
    case "choice":
      return typeof value === "string" && value !== "" ? words.option(path, value).label : "";
    case "text":
      return codeName(String(value ?? "").trim(), field.code);
    case "ids":
      return formats.list(idsOf(value).map(words.titleOf));
    case "amounts":
    case "texts":
      return joined(keyed(form, key).map(([part, text]) => `${text} ${part}`));
    case "optional":
      return partText(field.of, form, key, path, words);
    case "list": {
      const rows = rowsOf(value).map((row, index) => partText(field.of, row, "", within(path, index), words));
      return field.of.kind === "choice" || field.of.kind === "text"
        ? formats.list(rows)
        : rows.filter((row) => row !== "").join(t("common:form.value.betweenRows"));
    }
    case "object": {
      const parts = Object.entries(field.fields).map(([name, of]) => {
        const text = partText(of, form, within(key, name), within(path, name), words);
        // A choice between variants names itself.
        return text === "" || of.kind === "one-of" ? text : pair(words.label(within(path, name)), text);
      });
      return joined(parts);
    }
    case "one-of": {
      const tag = within(key, field.tag);
      const chosen = String(form[tag] ?? "");
      const fields = Object.entries(field.variants[chosen]?.fields ?? {});
      const parts = fields.map(([name, of]) => partText(of, form, within(key, name), within(path, name), words));
      const label = words.option(within(path, field.tag), chosen).label;
      return joined(parts) === "" ? label : pair(label, joined(parts));
    }
  }

  function codeName(text: string, kind: CodeKind | undefined): string {
    return kind === undefined || text === "" ? text : formats.codeName(kind, text);
  }

  function joined(parts: readonly string[]): string {
    return parts.filter((part) => part !== "").join(t("common:form.value.betweenParts"));
  }

  function pair(label: string, text: string): string {
    return t("common:form.value.pair", { label, text });
  }
}

function idsOf(value: FieldValue | undefined): string[] {
  return typeof value === "string" ? value.split(" ").filter((id) => id !== "") : [];
}

/** What is filled in below a key: currencies or languages, with their texts. */
function keyed(form: ShapeForm, key: string): [string, string][] {
  return Object.entries(form).flatMap(([name, text]): [string, string][] =>
    name.startsWith(`${key}.`) && typeof text === "string" && text.trim() !== ""
      ? [[name.slice(key.length + 1), text.trim()]]
      : [],
  );
}
