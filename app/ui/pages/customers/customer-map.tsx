import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CustomerMapView } from "../../../views/customers-view.ts";
import type { CustomerRank } from "../../../domain/shoppers/shopper.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

type RankedMap = Extract<CustomerMapView, { code: "ranked" }>;

/** Fields as they lie on the map: more room above, more brought to the right. */
const FIELDS = ["B", "A", "D", "C"] as const satisfies CustomerRank[];
/** Cells of the map on either side of its lines. */
const HALF = 5;
/** Width of the largest dot, in cells. */
const LARGEST_DOT = 0.92;

/** The map: each field with its figures, dots for customers who are alike. The table beside it says it in words. */
export function CustomerMap({ map }: { map: RankedMap }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
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
          <Field key={rank} rank={rank} map={map} />
        ))}
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

function Field({ rank, map }: { rank: CustomerRank; map: RankedMap }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const field = map.fields[rank];
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
      <Dots rank={rank} cells={map.cells} />
    </div>
  );
}

/** The cells of one field; the largest dot of all fields fills its cell. */
function Dots({ rank, cells }: { rank: CustomerRank; cells: RankedMap["cells"] }) {
  const most = Math.max(...cells.map(({ customers }) => customers));
  const [left, below] = [rank === "A" || rank === "C" ? HALF : 0, rank === "A" || rank === "B" ? HALF : 0];
  const own = cells.filter(({ x, y }) => x >= left && x < left + HALF && y >= below && y < below + HALF);
  return (
    <div className="tsuide-map-dots" aria-hidden="true">
      {own.map(({ x, y, customers }) => {
        const size = (LARGEST_DOT * Math.sqrt(customers / most) * 100) / HALF;
        const edge = (place: number) => `${((place + 0.5) * 100) / HALF - size / 2}%`;
        const style = { left: edge(x - left), bottom: edge(y - below), width: `${size}%`, height: `${size}%` };
        return <span key={`${x}-${y}`} style={style} />;
      })}
    </div>
  );
}
