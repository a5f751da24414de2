import { useFetcher, useSubmit } from "@remix-run/react";
import { Box, Button, Checkbox, InlineError, InlineStack } from "@shopify/polaris";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { showToast } from "../../kit/app-bridge.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { BOUGHT_TOGETHER } from "./list-query.ts";

interface ApprovalResult {
  intent: "approve" | "take-back";
  code: string;
  approved?: { trigger: string; companion: string }[];
}

interface ApprovalBarProps {
  /** The products of the page, and those of them that are selected. */
  products: readonly string[];
  selected: ReadonlySet<string>;
  onSelect: (products: readonly string[]) => void;
}

/** Approves what is suggested with all selected products at once, with an undo. */
export function ApprovalBar({ products, selected, onSelect }: ApprovalBarProps) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  const { approve, pending, refused } = useApproval(() => onSelect([]));
  const chosen = products.filter((product) => selected.has(product));
  const all = chosen.length === products.length;
  return (
    <Box padding="400" borderBlockEndWidth="025" borderColor="border">
      <InlineStack gap="400" blockAlign="center">
        <Checkbox
          label={t("review.all", { count: products.length, products: formats.number(products.length) })}
          checked={all}
          onChange={() => onSelect(all ? [] : products)}
        />
        <Button variant="primary" disabled={chosen.length === 0} loading={pending} onClick={() => approve(chosen)}>
          {t("review.approve", { count: chosen.length, products: formats.number(chosen.length) })}
        </Button>
      </InlineStack>
      {refused ? <InlineError fieldID="approval" message={t("refusal.unknown")} /> : null}
    </Box>
  );
}

function useApproval(onDone: () => void) {
  const { t } = useTranslation("bought-together");
  const fetcherKey = "approval";
  const fetcher = useFetcher<ApprovalResult>({ key: fetcherKey });
  const submit = useSubmit();
  const announced = useRef<unknown>(fetcher.data);
  const { data } = fetcher;
  const send = (fields: Record<string, string>) =>
    submit(fields, { method: "post", action: BOUGHT_TOGETHER, navigate: false, fetcherKey, preventScrollReset: true });

  useEffect(() => {
    if (data === undefined || announced.current === data) return;
    announced.current = data;
    const { code, intent, approved = [] } = data;
    if (code !== "ok" || intent !== "approve") return;
    onDone();
    const count = new Set(approved.map(({ trigger }) => trigger)).size;
    showToast(t("review.toast", { count, products: count }), {
      label: t("toast.undo"),
      run: () => send({ intent: "take-back", approved: JSON.stringify(approved) }),
    });
  });

  const pending = fetcher.state !== "idle";
  return {
    approve: (products: readonly string[]) => send({ intent: "approve", products: JSON.stringify(products) }),
    pending,
    refused: !pending && data !== undefined && data.code !== "ok",
  };
}
