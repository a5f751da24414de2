import { Badge, Banner, BlockStack, Card, Form, Layout, Page, Text } from "@shopify/polaris";
import { memo, useDeferredValue, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { contentShape, offerType } from "../../domain/offers/offer-types.ts";
import { shownInsteadOf } from "../../domain/offers/running-offers.ts";
import type { ObjectDescription } from "../../domain/shape/field.ts";
import type { OfferEditorView, StoredOfferView } from "../../views/offer-editor-view.ts";
import type { OfferFunnelView } from "../../views/offer-funnel-view.ts";
import type { OfferVoiceView } from "../../views/offer-voice-view.ts";
import { FormNotices } from "../forms/form-notices.tsx";
import { type ControlProps, ShapeFields, type ShapeFieldsProps } from "../forms/shape-fields.tsx";
import type { ShapeForm } from "../forms/shape-form.ts";
import type { SavedForm } from "../forms/use-saved-form.ts";
import { useShapeWords, WordsOwner } from "../forms/use-shape-words.ts";
import { useFormats } from "../kit/locale-provider.tsx";
import { PausedNotice, type PauseActions } from "../kit/paused-notice.tsx";
import { SaveBar } from "../kit/save-bar.tsx";
import { StorefrontPreview } from "../kit/storefront-preview.tsx";
import { TitleBar } from "../kit/title-bar.tsx";
import type { Preview } from "../kit/use-storefront-preview.ts";
import { ProposalNotice } from "../proposals/proposal-notice.tsx";
import { BacktestCard } from "./backtest/backtest-card.tsx";
import type { Backtest } from "./backtest/use-backtest.ts";
import { CollectionsControl } from "./collections-control.tsx";
import { ShoppersControl } from "./audience/shoppers-control.tsx";
import { ConditionsControl } from "./conditions-control.tsx";
import { EDITORS } from "./editors/editors.ts";
import type { OfferEditor } from "./editors/editor.ts";
import { FailingNotice } from "./failing-notice.tsx";
import { FunnelCard } from "./funnel-card.tsx";
import { experimentAddress, newExperimentAddress } from "../pages/experiments/address.ts";
import { OFFERS } from "./list-query.ts";
import { editorDescription, formContext, only, takesOffByForm } from "./offer-form.ts";
import { STATE_TONES, useOfferWords } from "./offer-words.ts";
import { ModeControl } from "./mode-control.tsx";
import { NameControl } from "./name-control.tsx";
import { ProductsControl } from "./products-control.tsx";
import { ScheduleControl } from "./schedule-control.tsx";
import type { OfferActions } from "./use-offer-actions.ts";
import { useProductTitles } from "./use-product-titles.ts";
import { VoiceCard } from "./voice-card.tsx";

const SAVE_BAR_ID = "offer-save-bar";

export interface OfferPageProps {
  view: OfferEditorView;
  form: SavedForm<ShapeForm>;
  /** Null as long as there is none yet. */
  preview: Preview | null;
  backtest: Backtest;
  /** Null where it could not be read. */
  funnel: OfferFunnelView | null;
  /** Null for an offer that is not stored. */
  voice: OfferVoiceView | null;
  actions: OfferActions;
  pause: PauseActions;
}

/** The editor of one offer, with what shoppers see of it beside. Nothing is saved before the save bar says so. */
export function OfferPage({ view, form, preview, backtest, funnel, voice, actions, pause }: OfferPageProps) {
  const { t } = useTranslation("offers");
  const words = useShapeWords("offers", contentShape(view.type).description, view.type);
  const offerWords = useOfferWords();
  const titleOf = useContestedTitles(form);
  const { stored, type } = view;
  const name = String(form.fields.name ?? "").trim();
  const title = name === "" ? offerWords.type(type) : name;
  const run = (intent: "duplicate" | "archive") => stored !== null && actions.run(intent, [stored.number]);
  return (
    <Page
      title={title}
      {...(name === "" ? {} : { subtitle: offerWords.type(type) })}
      backAction={{ content: t("title"), url: OFFERS }}
      {...(stored === null
        ? {}
        : {
            titleMetadata: <Badge tone={STATE_TONES[stored.state]}>{t(`state.${stored.state}`)}</Badge>,
            secondaryActions: [
              { content: t("action.duplicate"), onAction: () => run("duplicate"), disabled: form.dirty },
              ...(stored.state === "live"
                ? [{ content: t("action.experiment"), url: newExperimentAddress(stored.number), disabled: form.dirty }]
                : []),
              ...(stored.state === "archived"
                ? []
                : [{ content: t("action.archive"), onAction: () => run("archive"), disabled: form.dirty }]),
            ],
          })}
    >
      <TitleBar title={title} />
      <SaveBar id={SAVE_BAR_ID} dirty={form.dirty} saving={form.saving} onSave={form.save} onDiscard={form.discard} />
      <div className="tsuide-notices">
        {view.paused ? <PausedNotice {...pause} /> : null}
        {stored === null ? null : <StoredNotices stored={stored} />}
        {stored === null || stored.failing === null ? null : (
          <FailingNotice
            offer={{ number: stored.number, type, name, ...stored.failing }}
            {...{ actions, isOwnPage: true, disabled: form.dirty }}
          />
        )}
        {form.refusal === null ? null : (
          <Banner tone="critical" title={t("refusal.title")}>
            <Text as="p">{t(`refusal.${form.refusal}`, { defaultValue: t("refusal.failed") })}</Text>
          </Banner>
        )}
        {view.proposal === undefined ? null : <ProposalNotice proposal={view.proposal.view} />}
        <FormNotices
          form={form}
          describe={(field, value) => ({ label: words.label(field), value: words.value(field, value, titleOf) })}
        />
      </div>
      <Layout>
        <Layout.Section>
          <Form onSubmit={form.save}>
            <WordsOwner.Provider value={view.type}>
              <OfferCards view={view} form={form} />
            </WordsOwner.Provider>
          </Form>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <div className="tsuide-sticky">
            <BlockStack gap="400">
              <StorefrontPreview preview={preview} nothing={t(`preview.${type}`)} />
              <BacktestCard backtest={backtest} />
              {stored === null ? null : <FunnelCard type={type} funnel={funnel} />}
              {voice === null ? null : <VoiceCard voice={voice} />}
            </BlockStack>
          </div>
        </Layout.Section>
      </Layout>
    </Page>
  );
}

const PRODUCT_IDS = /gid:\/\/shopify\/Product\/\d+/g;

/** What the ids stand for in values that another person saved meanwhile, for the choice between those and one's own. */
function useContestedTitles({ overtaken, fields }: SavedForm<ShapeForm>): (id: string) => string {
  const { t } = useTranslation("offers");
  const values = overtaken.flatMap(({ field, before, now }) => [before, now, fields[field]]);
  const titles = useProductTitles([...new Set(values.join(" ").match(PRODUCT_IDS))]);
  return (id) => {
    const number = id.slice(id.lastIndexOf("/") + 1);
    return (
      titles.get(id) ??
      (id.includes("/Collection/") ? t("collections.untitled", { id: number }) : t("products.gone", { id: number }))
    );
  };
}

/** What there is to know about a stored offer before it is changed. */
function StoredNotices({ stored }: { stored: StoredOfferView }) {
  const { t } = useTranslation("offers");
  const words = useOfferWords();
  const formats = useFormats();
  return (
    <>
      {stored.fault === null ? null : (
        <Banner tone="critical" title={words.fault(stored.fault)}>
          <Text as="p">{t("fault.check")}</Text>
        </Banner>
      )}
      {stored.experiments.map(({ number, name }) => (
        <Banner
          key={number}
          tone="info"
          title={t("inExperiment.title", { name: name === "" ? t("inExperiment.unnamed", { number }) : name })}
          action={{ content: t("inExperiment.open"), url: experimentAddress(number) }}
        >
          <Text as="p">{t("inExperiment.text")}</Text>
        </Banner>
      ))}
      {stored.goneProducts.length === 0 ? null : (
        <Banner tone="warning" title={t("gone.title")}>
          <Text as="p">
            {t("gone.text", {
              count: stored.goneProducts.length,
              products: formats.number(stored.goneProducts.length),
            })}
          </Text>
        </Banner>
      )}
    </>
  );
}

/**
 * The cards of the form: each a few fields of the offer's description. A change is shown in its own card at once, and reaches
 * the others a moment later: to draw all of them again would keep whoever types waiting.
 */
function OfferCards({ view, form }: Pick<OfferPageProps, "view" | "form">) {
  const { type, stored, shop } = view;
  const isArchived = stored?.state === "archived";
  const description = useMemo(() => editorDescription(type, isArchived), [type, isArchived]);
  const takesOff = takesOffByForm(type, form.fields);
  const controls = useControls(view, description, takesOff);
  const context = useMemo(() => formContext({ shop }), [shop]);
  const cards = useMemo(() => cardsOf(description, takesOff), [description, takesOff]);
  const late = useDeferredValue(form.fields);
  return (
    <BlockStack gap="400">
      {cards.map((card, place) => (
        <OfferCard
          key={place}
          card={card}
          form={isChanged(card.names, late, form.fields) ? form.fields : late}
          onChange={form.change}
          errors={form.errors}
          {...{ context, controls, view }}
        />
      ))}
    </BlockStack>
  );
}

interface CardOfFields {
  /** Of its title among the words. */
  readonly key: string;
  readonly names: readonly string[];
  readonly description: ObjectDescription;
}

function cardsOf(description: ObjectDescription, takesOff: boolean): CardOfFields[] {
  const card = (key: string, ...names: string[]) => ({ key, names, description: only(description, ...names) });
  return [
    card("offer", "name", "status", ...(choicesOf(description, "mode") > 1 ? ["mode"] : [])),
    card("content", "config", ...(variantsOf(description, "reward") > 0 ? ["reward"] : [])),
    card("where", "surfaces", ...(variantsOf(description, "conditions") > 0 ? ["conditions"] : [])),
    card("audience", "audience"),
    card("when", "schedule"),
    takesOff ? card("discount", "copy", "priority") : card("order", "priority"),
  ];
}

/** Whether two forms differ in one of these fields, or in a part of one. */
function isChanged(names: readonly string[], before: ShapeForm, now: ShapeForm): boolean {
  const isOwn = (path: string) => names.some((name) => path === name || path.startsWith(`${name}.`));
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].some(
    (path) => before[path] !== now[path] && isOwn(path),
  );
}

interface OfferCardProps extends Omit<ControlProps, "name"> {
  readonly card: CardOfFields;
  readonly controls: NonNullable<ShapeFieldsProps["controls"]>;
  readonly view: OfferEditorView;
}

const OfferCard = memo(function OfferCard({ card, controls, view, ...given }: OfferCardProps) {
  const { t } = useTranslation("offers");
  const { key, names, description } = card;
  const editor: OfferEditor = EDITORS[view.type];
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t(`card.${key}`)}
        </Text>
        {key === "content" && editor.Intro !== undefined ? <editor.Intro view={view} /> : null}
        {names.includes("priority") ? <FirstNotice view={view} fields={given.form} /> : null}
        <ShapeFields namespace="offers" {...{ description, controls }} {...given} />
        {key === "content" && editor.BelowReward !== undefined ? <editor.BelowReward {...given} view={view} /> : null}
      </BlockStack>
    </Card>
  );
});

/** Says which offer shoppers are shown in place of this one, as it stands in the form. */
function FirstNotice({ view, fields }: { view: OfferEditorView; fields: ShapeForm }) {
  const { t } = useTranslation("offers");
  const words = useOfferWords();
  const formats = useFormats();
  const { forAll = [], stored, type } = view;
  const first = shownInsteadOf(forAll, { number: stored?.number ?? null, priority: Number(fields.priority) });
  if (first === null) return null;
  const name = first.name.trim() === "" ? words.type(type) : first.name;
  return (
    <Banner tone="warning" title={t("first.title", { name })}>
      <Text as="p">{t("first.text", { priority: formats.number(first.priority) })}</Text>
    </Banner>
  );
}

/** The controls that need more than a description says: of every offer, and of this type. */
function useControls(view: OfferEditorView, description: ObjectDescription, takesOff: boolean) {
  const { type, shop, shopMode } = view;
  const field = description.fields.conditions!;
  const { needsConditions = false } = offerType(type);
  const groups = (description.fields.audience as ObjectDescription).fields.shoppers!;
  return useMemo(() => {
    const inConditions = { "all.products": ProductsControl, "all.collections": CollectionsControl };
    const own = Object.entries((EDITORS[type] as OfferEditor).controls).map(([path, Control]) => [
      path,
      (props: ControlProps) => <Control {...props} view={view} />,
    ]);
    return {
      name: (props: ControlProps) => <NameControl {...props} type={type} />,
      mode: (props: ControlProps) => <ModeControl {...props} description={description} shopMode={shopMode} />,
      conditions: (props: ControlProps) => (
        <ConditionsControl {...props} field={field} controls={inConditions} needed={needsConditions} />
      ),
      "audience.shoppers": (props: ControlProps) => (
        <ShoppersControl {...props} description={description} field={groups} />
      ),
      // What changes no price is not shown at a counter.
      ...(takesOff ? {} : { "audience.atCounter": () => null }),
      schedule: (props: ControlProps) => <ScheduleControl {...props} timezone={shop.timezone} />,
      ...(Object.fromEntries(own) as Record<string, (props: ControlProps) => JSX.Element>),
    };
    // A view that was read again says the same, but for the rates.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [type, description, takesOff, shop.timezone, shopMode, view.shippingRates]);
}

function choicesOf({ fields }: ObjectDescription, name: string): number {
  const field = fields[name];
  return field?.kind === "choice" ? field.choices.length : 0;
}

function variantsOf({ fields }: ObjectDescription, name: string): number {
  let field = fields[name];
  while (field?.kind === "list" || field?.kind === "optional") field = field.of;
  return field?.kind === "one-of" ? Object.keys(field.variants).length : 0;
}
