import { createContext, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Description, ObjectDescription } from "../../domain/shape/field.ts";
import type { Formats } from "../kit/format.ts";
import { useFormats } from "../kit/locale-provider.tsx";
import type { FieldValue } from "./draft.ts";
import { descriptionAt, SWITCH } from "./shape-form.ts";
import { valueText } from "./value-words.ts";

/** The words of a form, which a locale file holds under `field`: label, help, choices and errors of each field. */
export interface ShapeWords {
  /** `variant` is the variant that the field is a part of, where its words depend on it. */
  label(this: void, name: string, variant?: string): string;
  help(this: void, name: string): string | undefined;
  /** One value of a choice, or one of few whole numbers. */
  option(this: void, name: string, value: string): { label: string; helpText?: string };
  /** What is wrong, with the limit that was passed. Undefined where there is no code. */
  error(this: void, name: string, code: string | undefined): string | undefined;
  /** A value as people read it; `titleOf` names what a list of ids stands for. */
  value(this: void, name: string, value: FieldValue | undefined, titleOf?: (id: string) => string): string;
}

/** Under this key a locale file holds the words of its form's fields. */
const FIELD = "field";

/** Who the form is about, where some fields have words of their own for it: "bought-together" among offers. */
export const WordsOwner = createContext("");

/**
 * Words for the fields of a declared object: `settings` with `setSize` asks for "settings:field.setSize.label". What is
 * wrong is said in words of the field where it has its own, and otherwise in those that all forms share. Words under
 * `of-<owner>` replace those under `field`.
 */
export function useShapeWords(namespace: string, description: ObjectDescription, owner?: string): ShapeWords {
  const around = useContext(WordsOwner);
  const { t: translate, i18n } = useTranslation();
  const formats = useFormats();
  return useMemo(() => {
    const ownOr = (key: string) => {
      const own = key.replace(`:${FIELD}.`, `:of-${owner ?? around}.`);
      return i18n.exists(own) ? own : key;
    };
    const exists = (key: string) => i18n.exists(ownOr(key));
    const t = (key: string, values: Record<string, unknown> = {}) => translate(ownOr(key), values);
    const declared = (path: string) => declaredName(description, path);
    const optionOf = (path: string, value: string) => {
      const name = declared(path);
      if (descriptionAt(description, path)?.kind === "integer") {
        return { label: t(`${namespace}:${FIELD}.${name}.option`, { count: Number(value) }) };
      }
      const key = `${namespace}:${FIELD}.${name}.option.${value}.help`;
      const label = t(`${namespace}:${FIELD}.${name}.option.${value}.label`);
      return { label, ...(exists(key) ? { helpText: t(key) } : {}) };
    };
    const labelOf = (path: string, variant = "") => {
      const name = declared(path);
      const values = { currency: lastPart(path), language: formats.codeName("language", lastPart(path)) };
      const key = `${namespace}:${FIELD}.${name}.labelOf.${variant}`;
      return variant !== "" && exists(key) ? t(key, values) : t(`${namespace}:${FIELD}.${name}.label`, values);
    };
    return {
      label: labelOf,
      help: (path) => {
        const name = declared(path);
        const key = `${namespace}:${FIELD}.${name}.help`;
        return exists(key) ? t(key, { limit: limitText(description, path, "too-large", formats) }) : undefined;
      },
      option: optionOf,
      error: (path, code) => {
        if (code === undefined) return undefined;
        const name = declared(path);
        const values = { limit: limitText(description, path, code, formats), currency: lastPart(path) };
        const key = `${namespace}:${FIELD}.${name}.error.${code}`;
        if (exists(key)) return t(key, values);
        const text = t(`common:form.error.${code}`, { ...values, defaultValue: "" });
        return text === "" ? t("common:form.error.invalid") : text;
      },
      value: (name, value, titleOf = (id) => id.slice(id.lastIndexOf("/") + 1)) =>
        valueText(description, name, value, { label: labelOf, option: optionOf, titleOf, formats, t: translate }),
    };
  }, [namespace, description, owner, around, translate, i18n, formats]);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** The name under which a field was declared: without the row that it is in, its currency, its language or its switch. */
function declaredName(description: ObjectDescription, name: string): string {
  const parts = name.split(".").filter((part) => !/^\d+$/.test(part));
  const above = parts.length > 1 ? descriptionAt(description, name.slice(0, name.lastIndexOf("."))) : null;
  const isPart = above?.kind === "amounts" || above?.kind === "texts" || parts.at(-1) === SWITCH;
  return (isPart ? parts.at(-2) : parts.at(-1)) ?? name;
}

/** The limit that a value passed, in words. */
function limitText(description: ObjectDescription, name: string, code: string, formats: Formats): string | undefined {
  const at: Description | null = descriptionAt(description, name);
  const above = descriptionAt(description, name.slice(0, Math.max(0, name.lastIndexOf("."))));
  if (above?.kind === "amounts") {
    const currency = lastPart(name);
    return formats.money({ amountMinor: code === "too-small" ? 1 : above.max, currency });
  }
  switch (at?.kind) {
    case "integer": {
      const limit = code === "too-small" ? at.min : at.max;
      if (at.unit === "count") return formats.number(limit);
      return formats.typedPercent(at.unit === "percent" ? limit / 100 : limit / 10_000);
    }
    case "text":
      return formats.number(at.longest);
    case "list":
      return formats.number(code === "too-few" ? at.fewest : at.most);
    case "ids":
      return formats.number(at.most);
    default:
      return undefined;
  }
}
