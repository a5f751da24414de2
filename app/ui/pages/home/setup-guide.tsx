import {
  Badge,
  BlockStack,
  Box,
  Button,
  Card,
  Collapsible,
  Icon,
  InlineStack,
  ProgressBar,
  Text,
} from "@shopify/polaris";
import { CheckCircleIcon, ChevronDownIcon, ChevronUpIcon } from "@shopify/polaris-icons";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { HomeView } from "../../../views/home-view.ts";
import type { BlockState } from "../../kit/app-bridge.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import type { EmbedInTheme } from "../../kit/use-split-embed.ts";

interface Step {
  key: "imported" | "mined" | "published" | "block" | "discount" | "goal" | "embed";
  done: boolean;
  optional: boolean;
  /** Not known yet, and about to be. */
  asking?: boolean;
  action?: { label: string; url: string; external: boolean };
}

interface SetupGuideProps {
  setup: HomeView["setup"];
  block: BlockState;
  themeEditorUrl: string;
  /** The app embed by which shoppers are split. */
  embed: EmbedInTheme;
}

/** What is left to do before shoppers see anything, with the real state of each step. Folds itself once all is done. */
export function SetupGuide({ setup, block, themeEditorUrl, embed }: SetupGuideProps) {
  const { t } = useTranslation("home");
  const formats = useFormats();
  const steps = setupSteps({ setup, block, themeEditorUrl, embed }, t);
  // What is optional holds up nothing, and is not counted.
  const needed = steps.filter(({ optional }) => !optional);
  const doneCount = needed.filter((step) => step.done).length;
  const asking = needed.some((step) => step.asking === true);
  // As long as Shopify is being asked about the block, nothing is said about the whole, and the guide stays folded: one
  // that is all done must not open and fold again at every visit.
  const complete = needed.every((step) => step.done || step.asking === true);
  const [opened, setOpened] = useState<boolean | null>(null);
  const open = opened ?? !complete;
  const listId = useId();
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="300">
          <InlineStack align="space-between" blockAlign="center" wrap={false} gap="200">
            <BlockStack gap="100">
              <Text as="h2" variant="headingMd">
                {t("setup.title")}
              </Text>
              <Text as="p" tone="subdued">
                {!complete ? t("setup.intro") : asking ? t("setup.asking") : t("setup.complete")}
              </Text>
            </BlockStack>
            <Button
              variant="tertiary"
              icon={open ? ChevronUpIcon : ChevronDownIcon}
              accessibilityLabel={open ? t("setup.fold") : t("setup.unfold")}
              ariaExpanded={open}
              ariaControls={listId}
              onClick={() => setOpened(!open)}
            />
          </InlineStack>
          <InlineStack gap="300" blockAlign="center" wrap={false}>
            <Text as="span" variant="bodySm" tone="subdued">
              {t("setup.progress", { done: formats.number(doneCount), total: formats.number(needed.length) })}
            </Text>
            <div style={{ flex: 1, maxWidth: 320 }} aria-hidden>
              <ProgressBar progress={(doneCount / needed.length) * 100} size="small" tone="success" animated={false} />
            </div>
          </InlineStack>
        </BlockStack>
      </Box>
      <Collapsible id={listId} open={open} transition={false}>
        <ul className="tsuide-figures tsuide-steps">
          {steps.map((step) => (
            <SetupStep key={step.key} step={step} unknown={step.key === "block" && block === "unknown"} />
          ))}
        </ul>
      </Collapsible>
    </Card>
  );
}

function SetupStep({ step, unknown }: { step: Step; unknown: boolean }) {
  const { t } = useTranslation("home");
  return (
    <Box as="li" paddingInline="400" paddingBlock="200">
      <InlineStack gap="300" wrap={false} blockAlign="start" align="start">
        <div style={{ flex: "none" }}>
          {step.done ? (
            <Icon source={CheckCircleIcon} tone="success" accessibilityLabel={t("setup.done")} />
          ) : (
            <span className="tsuide-todo" role="img" aria-label={t("setup.open")} />
          )}
        </div>
        <BlockStack gap="100" inlineAlign="start">
          <InlineStack gap="200" blockAlign="center" align="start">
            <Text as="span" fontWeight="semibold" {...(step.done ? { tone: "subdued" as const } : {})}>
              {t(`setup.steps.${step.key}.title`)}
            </Text>
            {step.optional && !step.done ? <Badge size="small">{t("setup.optional")}</Badge> : null}
          </InlineStack>
          {step.done || step.asking === true ? null : (
            <>
              <Text as="p" tone="subdued">
                {unknown ? t("setup.blockUnknown") : t(`setup.steps.${step.key}.text`)}
              </Text>
              {step.action === undefined ? null : (
                <Button url={step.action.url} external={step.action.external} size="slim">
                  {step.action.label}
                </Button>
              )}
            </>
          )}
        </BlockStack>
      </InlineStack>
    </Box>
  );
}

function setupSteps({ setup, block, themeEditorUrl, embed }: SetupGuideProps, t: (key: string) => string): Step[] {
  const settings = { label: t("setup.toSettings"), url: "/app/settings", external: false };
  const offers = { label: t("setup.toOffers"), url: "/app/offers", external: false };
  return [
    { key: "imported", done: setup.imported, optional: false },
    { key: "mined", done: setup.mined, optional: false },
    { key: "published", done: setup.published, optional: false, ...(setup.mined ? { action: settings } : {}) },
    {
      key: "block",
      done: block === "on",
      asking: block === "asking",
      optional: false,
      action: { label: t("setup.toThemeEditor"), url: themeEditorUrl, external: true },
    },
    { key: "discount", done: setup.discountActive, optional: false },
    { key: "goal", done: setup.goalSet, optional: true, action: offers },
    {
      key: "embed",
      done: embed.state === "on",
      asking: embed.state === "asking",
      optional: true,
      action: { label: t("setup.toThemeEditor"), url: embed.url, external: true },
    },
  ];
}
