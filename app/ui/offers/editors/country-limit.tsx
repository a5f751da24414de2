import { useTranslation } from "react-i18next";
import type { ObjectDescription } from "../../../domain/shape/field.ts";
import { CodesField } from "../../forms/codes-field.tsx";
import { COUNTRY_CODES } from "../../forms/country-codes.ts";
import { LeafField } from "../../forms/leaf-field.tsx";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { switchOf } from "../../forms/shape-form.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

/** Whether something is for some countries only, and for which ones: they are chosen by name. */
export function CountryLimit(props: ControlProps & { description: ObjectDescription }) {
  const { name, form, onChange, errors, description } = props;
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const words = useShapeWords("offers", description);
  const limit = switchOf(name);
  const isLimited = form[limit] === true;
  return (
    <>
      <LeafField
        {...{ namespace: "offers", description, name: limit, id: limit, onChange }}
        field={{ kind: "boolean" }}
        value={isLimited}
        code={errors[limit]}
      />
      {isLimited ? (
        <CodesField
          {...{ id: name, form, name, onChange }}
          label={t("field.inCountries.label")}
          codes={COUNTRY_CODES}
          nameOf={formats.country}
          error={words.error(name, errors[name])}
        />
      ) : null}
    </>
  );
}
