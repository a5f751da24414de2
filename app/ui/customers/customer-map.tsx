import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CustomerMapView } from "../../domain/customers/customers-view.ts";
import type { CustomerRank } from "../../domain/customers/rank.ts";
import { useFormats } from "../locale-provider.tsx";

type RankedMap = Extract<CustomerMapView, { code: "ranked" }>;

/** Fields as they lie on the map: more room above, more brought to the right. */
const FIELDS = ["B", "A", "D", "C"] as const satisfies CustomerRank[];
const TENTHS = 10;
/** Width of the largest dot, in tenths of the map. */
const LARGEST_DOT = 0.92;

/** The map: each field with its figures, dots for customers who are alike. The table beside it says it in words. */
export function CustomerMap({ map }: { map: RankedMap }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const most = Math.max(...map.cells.map(({ customers }) => customers));
  return (
    <figure className="tsuide-map">
      <div className="tsuide-map-up">
        <Text as="span" variant="bodySm" tone="subdued">
          {t("map.axis.room")}
        </Text>
        <Text as="span" variant="bodySm" tone="subdued">
          {t("map.axis.middle", { amount: formats.money(map.limits.room) })}
        </Text>
      </div>
      <div className="tsuide-map-fields">
        {FIELDS.map((rank) => (
          <Field key={rank} rank={rank} field={map.fields[rank]} />
        ))}
        <div className="tsuide-map-dots" aria-hidden="true">
          {map.cells.map(({ x, y, customers }) => {
            const size = LARGEST_DOT * Math.sqrt(customers / most) * (100 / TENTHS);
            const middle = (tenth: number) => `${((tenth + 0.5) * 100) / TENTHS - size / 2}%`;
            const style = { left: middle(x), bottom: middle(y), width: `${size}%`, height: `${size}%` };
            return <span key={`${x}-${y}`} style={style} />;
          })}
        </div>
      </div>
      <div className="tsuide-map-across">
        <Text as="span" variant="bodySm" tone="subdued">
          {t("map.axis.less")}
        </Text>
        <Text as="span" variant="bodySm" tone="subdued" alignment="center">
          {t("map.axis.record")}
          {" · "}
          {t("map.axis.middle", { amount: formats.money(map.limits.record) })}
        </Text>
        <Text as="span" variant="bodySm" tone="subdued">
          {t("map.axis.more")}
        </Text>
      </div>
      <figcaption>
        <Text as="span" variant="bodySm" tone="subdued">
          {t("map.dots")}
        </Text>
      </figcaption>
    </figure>
  );
}

function Field({ rank, field }: { rank: CustomerRank; field: RankedMap["fields"][CustomerRank] }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  return (
    <div className={`tsuide-map-field tsuide-map-field-${rank}`}>
      <Text as="span" variant="headingMd">
        {rank} {t(`map.rank.${rank}.name`)}
      </Text>
      <Text as="span" variant="bodySm">
        {t("map.customers", { count: field.customers, customers: formats.number(field.customers) })}
      </Text>
      {field.revenueShare === null ? null : (
        <Text as="span" variant="bodySm">
          {t("map.revenueShare", { share: formats.percent(field.revenueShare) })}
        </Text>
      )}
    </div>
  );
}
