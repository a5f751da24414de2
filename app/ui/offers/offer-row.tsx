import { ActionList, Badge, BlockStack, Button, Checkbox, InlineStack, Link, Popover, Text } from "@shopify/polaris";
import { MenuHorizontalIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OfferRowView } from "../../views/offers-view.ts";
import { useFormats } from "../kit/locale-provider.tsx";
import { useFailingReason } from "./failing-notice.tsx";
import { offerAddress } from "./list-query.ts";
import { STATE_TONES, useOfferWords } from "./offer-words.ts";
import type { OfferActions, OfferIntent } from "./use-offer-actions.ts";

interface OfferRowProps {
  offer: OfferRowView;
  timezone: string;
  selected: boolean;
  onSelect: (selected: boolean) => void;
  actions: OfferActions;
}

/** One offer of the list: what it is, where and when shoppers see it, and what can be done to it. */
export function OfferRow({ offer, timezone, selected, onSelect, actions }: OfferRowProps) {
  const { t } = useTranslation("offers");
  const words = useOfferWords();
  const formats = useFormats(timezone);
  const type = words.type(offer.type);
  const name = offer.name.trim() === "" ? type : offer.name;
  const surfaces = offer.surfaces.length === 0 ? [] : [words.surfaces(offer.surfaces)];
  return (
    <li className="tsuide-offer">
      <Checkbox label={t("select", { name })} labelHidden checked={selected} onChange={onSelect} />
      <BlockStack gap="050">
        <InlineStack gap="200" blockAlign="center">
          <Link url={offerAddress(offer.number)} removeUnderline monochrome>
            <Text as="span" fontWeight="semibold">
              {name}
            </Text>
          </Link>
          <Badge tone={STATE_TONES[offer.state]}>{t(`state.${offer.state}`)}</Badge>
        </InlineStack>
        <Text as="span" tone="subdued">
          {[...(name === type ? [] : [type]), ...surfaces].join(" · ")}
        </Text>
        <Text as="span" tone="subdued" variant="bodySm">
          {offer.schedule === null ? null : `${words.schedule(offer.schedule)} · `}
          {t("changed", { time: formats.dateTime(offer.changedAt) })}
        </Text>
        <Failing failing={offer.failing} />
        {offer.fault === null ? null : (
          <Text as="span" tone="critical">
            {words.fault(offer.fault)}
          </Text>
        )}
      </BlockStack>
      <RowMenu offer={offer} name={name} actions={actions} />
    </li>
  );
}

/** Why customers' answers or returns stopped the offer, or should. */
function Failing({ failing }: Pick<OfferRowView, "failing">) {
  const { t } = useTranslation("offers");
  const reason = useFailingReason();
  if (failing === null || (failing.settled && !failing.paused)) return null;
  return (
    <Text as="span" tone="caution" breakWord>
      {t(`failing.${failing.paused ? "paused" : "asked"}.row`, { reason: reason(failing.failing) })}
    </Text>
  );
}

function RowMenu({ offer, name, actions }: Pick<OfferRowProps, "offer" | "actions"> & { name: string }) {
  const { t } = useTranslation("offers");
  const [open, setOpen] = useState(false);
  const item = (intent: OfferIntent) => ({
    content: t(`action.${intent}`),
    onAction: () => {
      setOpen(false);
      actions.run(intent, [offer.number]);
    },
  });
  const possible: OfferIntent[] = [
    ...(offer.status === "active" || offer.fault !== null ? [] : (["activate"] as const)),
    ...(offer.status === "active" ? (["pause"] as const) : []),
    ...(offer.fault === null ? (["duplicate"] as const) : []),
    ...(offer.status === "archived" ? [] : (["archive"] as const)),
  ];
  const undo = {
    content: t("action.undo"),
    onAction: () => {
      setOpen(false);
      actions.undo([{ number: offer.number, version: offer.version }]);
    },
  };
  return (
    <Popover
      active={open}
      onClose={() => setOpen(false)}
      preferredAlignment="right"
      activator={
        <Button
          icon={MenuHorizontalIcon}
          variant="tertiary"
          accessibilityLabel={t("menu", { name })}
          disclosure={false}
          onClick={() => setOpen(!open)}
        />
      }
    >
      <ActionList actionRole="menuitem" items={[...possible.map(item), ...(offer.canUndo ? [undo] : [])]} />
    </Popover>
  );
}
