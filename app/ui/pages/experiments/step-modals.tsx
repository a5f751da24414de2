import { BlockStack, ChoiceList, Modal, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ExperimentView } from "../../../views/experiments-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { useExperimentWords } from "./experiment-words.ts";

interface ModalProps {
  open: boolean;
  onClose: () => void;
}

/** Asks before shoppers are split. */
export function StartModal({
  view: { outlook },
  open,
  onClose,
  onStart,
}: ModalProps & { view: Pick<ExperimentView, "outlook">; onStart: () => void }) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  const plan = outlook !== null && "plan" in outlook ? outlook.plan : null;
  const start = () => {
    onClose();
    onStart();
  };
  return (
    <Modal
      open={open}
      onClose={onClose}
      title={t("startModal.title")}
      primaryAction={{ content: t("start"), onAction: start }}
      secondaryActions={[{ content: t("cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="200">
          <Text as="p">
            {plan === null
              ? t("startModal.fixed")
              : t("startModal.plan", {
                  ...{ count: plan.days, days: formats.number(plan.days), buyers: formats.number(plan.buyers) },
                })}
          </Text>
          <Text as="p">{t("startModal.embed")}</Text>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}

/** Asks before a draft is deleted. */
export function DeleteModal({ open, onClose, onDelete }: ModalProps & { onDelete: () => void }) {
  const { t } = useTranslation("experiments");
  return (
    <Modal
      open={open}
      onClose={onClose}
      title={t("deleteModal.title")}
      primaryAction={{ content: t("delete"), destructive: true, onAction: onDelete }}
      secondaryActions={[{ content: t("cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <Text as="p">{t("deleteModal.text")}</Text>
      </Modal.Section>
    </Modal>
  );
}

/** Asks what goes on being shown before an experiment ends. What the verdict supports is chosen to begin with. */
export function StopModal(props: StopModalProps) {
  const { view, open } = props;
  return <StopQuestion key={`${open} ${view.kept}`} {...props} />;
}

type StopModalProps = ModalProps & { view: ExperimentView; onStop: (keep: string) => void };

const ALL = "all";
const NONE = "0";

/** The choice that keeps an offer; all of them where none is better. */
function choiceOf({ kept, content }: ExperimentView): string {
  if (kept === null || (kept !== 0 && content.compares === "nothing")) return ALL;
  return String(kept);
}

function StopQuestion({ view, open, onClose, onStop }: StopModalProps) {
  const { t } = useTranslation("experiments");
  const words = useExperimentWords(view.timezone);
  const [keep, setKeep] = useState(choiceOf(view));
  const shown = view.arms.flatMap(({ offer }) => offer ?? []);
  const isNothing = view.content.compares === "nothing";
  const choices = [
    { value: ALL, label: isNothing ? t("stopModal.keepOffer") : t("stopModal.keepAll") },
    ...(isNothing
      ? [{ value: NONE, label: t("stopModal.keepNothing") }]
      : shown.map((offer) => ({
          value: String(offer.number),
          label: t("stopModal.keepOne", { offer: words.offer(offer) }),
        }))),
  ];
  const about = view.isDecided ? "decided" : view.kept !== null ? "claimed" : "early";
  const stop = () => {
    onClose();
    onStop(keep);
  };
  return (
    <Modal
      open={open}
      onClose={onClose}
      title={t("stopModal.title")}
      primaryAction={{ content: t("stop"), onAction: stop }}
      secondaryActions={[{ content: t("cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          <Text as="p">{t(`stopModal.${about}`)}</Text>
          <ChoiceList
            title={t("stopModal.after")}
            choices={choices}
            selected={[keep]}
            onChange={([chosen]) => setKeep(chosen ?? ALL)}
          />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
