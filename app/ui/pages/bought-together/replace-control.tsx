import { useFetcher, useSubmit } from "@remix-run/react";
import { Button } from "@shopify/polaris";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { showToast } from "../../kit/app-bridge.ts";
import { useNewAnswer } from "../../kit/use-new-answer.ts";
import { COMPANION_ACTION } from "./companion-actions.ts";
import { ProductPicker } from "./product-picker.tsx";

interface ReplaceControlProps {
  trigger: { productId: string; title: string };
  companion: { productId: string; title: string };
  disabled: boolean;
}

/** Puts another product in the place of a companion of `trigger`, with an undo. */
export function ReplaceControl({ trigger, companion, disabled }: ReplaceControlProps) {
  const { t } = useTranslation("bought-together");
  const [picking, setPicking] = useState(false);
  const opener = useRef<HTMLSpanElement>(null);
  // The dialog gives the focus back to nobody: whoever opened it goes on where they were.
  const close = useCallback(() => {
    setPicking(false);
    opener.current?.querySelector("button")?.focus();
  }, []);
  const { replace, pending, refusal } = useReplacement(trigger.productId, companion);
  return (
    <>
      <span ref={opener}>
        <Button
          size="slim"
          variant="tertiary"
          disabled={disabled || pending}
          accessibilityLabel={t("replace.actionLabel", { product: companion.title })}
          onClick={() => setPicking(true)}
        >
          {t("replace.action")}
        </Button>
      </span>
      <ProductPicker
        name={`${trigger.productId}:${companion.productId}`}
        title={t("replace.title", { companion: companion.title, product: trigger.title })}
        action={t("replace.confirm")}
        without={[trigger.productId, companion.productId]}
        pending={pending}
        refusal={refusal}
        onChoose={replace}
        open={picking}
        onClose={close}
      />
    </>
  );
}

/** What the page's action answers to a replacement: `before` is what an undo goes back to. */
interface ReplacementResult {
  intent: "replace" | "undo-replace";
  code: string;
  by: string;
  before?: object;
}

function useReplacement(trigger: string, companion: { productId: string; title: string }) {
  const { t } = useTranslation("bought-together");
  const fetcherKey = `replace:${trigger}:${companion.productId}`;
  const fetcher = useFetcher<ReplacementResult>({ key: fetcherKey });
  const submit = useSubmit();
  const title = useRef("");
  const { data } = fetcher;
  const send = (fields: Record<string, string>) =>
    submit(
      { trigger, companion: companion.productId, ...fields },
      { method: "post", action: COMPANION_ACTION, navigate: false, fetcherKey, preventScrollReset: true },
    );

  useNewAnswer(data, (answer) => {
    if (answer.code !== "ok" || answer.intent !== "replace") return;
    const { by, before } = answer;
    showToast(t("replace.toast", { companion: companion.title, product: title.current }), {
      label: t("toast.undo"),
      run: () => send({ intent: "undo-replace", by, before: JSON.stringify(before) }),
    });
  });

  const pending = fetcher.state !== "idle";
  return {
    replace: (by: { productId: string; title: string }) => {
      title.current = by.title;
      send({ intent: "replace", by: by.productId });
    },
    pending,
    refusal: !pending && data !== undefined && data.code !== "ok" ? data.code : null,
  };
}
