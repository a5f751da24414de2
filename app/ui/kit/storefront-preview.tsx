import { BlockStack, Button, ButtonGroup, Card, InlineStack, Modal, SkeletonBodyText, Text } from "@shopify/polaris";
import { memo, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Preview } from "./use-storefront-preview.ts";

/** Widths of a product page's column and of a phone, in pixels of the storefront. */
const WIDTHS = { computer: 640, phone: 360 } as const;
type Device = keyof typeof WIDTHS;

interface StorefrontPreviewProps {
  /** Null as long as there is none yet. */
  preview: Preview | null;
  /** Said where there is nothing to show. */
  nothing: string;
}

/** What shoppers see with a form as it stands, saved or not: the storefront's own blocks, in a frame. */
export const StorefrontPreview = memo(function StorefrontPreview(props: StorefrontPreviewProps) {
  return (
    <Card>
      <PreviewContent {...props} />
    </Card>
  );
});

/** The same without a card around it. */
export const PreviewContent = memo(function PreviewContent({ preview, nothing }: StorefrontPreviewProps) {
  const { t } = useTranslation();
  // Most shoppers have one, and it needs the least room.
  const [device, setDevice] = useState<Device>("phone");
  const [enlarged, setEnlarged] = useState(false);
  const html = preview?.html ?? null;
  const devices = (
    <ButtonGroup variant="segmented">
      {(Object.keys(WIDTHS) as Device[]).map((one) => (
        <Button key={one} size="slim" pressed={device === one} onClick={() => setDevice(one)}>
          {t(`preview.${one}`)}
        </Button>
      ))}
    </ButtonGroup>
  );
  return (
    <BlockStack gap="300">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="h2" variant="headingMd">
          {t("preview.title")}
        </Text>
        {devices}
      </InlineStack>
      {preview === null ? <SkeletonBodyText lines={8} /> : null}
      {html === null ? null : (
        <>
          <Frame html={html} width={WIDTHS[device]} />
          <Button variant="plain" textAlign="start" onClick={() => setEnlarged(true)}>
            {t("preview.enlarge")}
          </Button>
          <Modal open={enlarged} onClose={() => setEnlarged(false)} title={t("preview.title")} size="large">
            <Modal.Section>
              <BlockStack gap="300" inlineAlign="center">
                {devices}
                <div style={{ width: "100%", maxWidth: WIDTHS[device] }}>
                  <Frame html={html} width={WIDTHS[device]} />
                </div>
              </BlockStack>
            </Modal.Section>
          </Modal>
        </>
      )}
      <Text as="p" variant="bodySm" tone="subdued">
        {noteOf()}
      </Text>
    </BlockStack>
  );

  function noteOf(): string {
    if (preview?.html === null) return nothing;
    return preview?.isExample ? t("preview.example") : t("preview.note");
  }
});

/** A document at its own width, made smaller where the card is narrower. */
function Frame({ html, width }: { html: string; width: number }) {
  const { t } = useTranslation();
  const outer = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const [scale, setScale] = useState(1);
  const [height, setHeight] = useState(320);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setScale(Math.min(1, entry!.contentRect.width / width)));
    observer.observe(outer.current!);
    return () => observer.disconnect();
  }, [width]);
  useEffect(() => {
    const hear = ({ source, data }: MessageEvent<{ tsuidePreviewHeight?: number } | null>) => {
      if (source === frame.current?.contentWindow && typeof data?.tsuidePreviewHeight === "number") {
        setHeight(data.tsuidePreviewHeight);
      }
    };
    addEventListener("message", hear);
    return () => removeEventListener("message", hear);
  }, []);
  return (
    <div ref={outer} className="tsuide-preview-frame" style={{ height: height * scale }}>
      <iframe
        ref={frame}
        title={t("preview.title")}
        // No `allow-same-origin`: the document is the storefront's, not the admin's.
        sandbox="allow-scripts"
        srcDoc={html}
        tabIndex={-1}
        style={{ width, height, transform: `scale(${scale})` }}
      />
    </div>
  );
}
