import { BlockStack, Box, Button, Collapsible, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

/** Formulas and terms, folded away beneath the figures that they are about. */
export function Explained({ texts }: { texts: readonly string[] }) {
  const { t } = useTranslation("customers");
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div>
      <Button
        variant="plain"
        disclosure={open ? "up" : "down"}
        ariaExpanded={open}
        ariaControls={id}
        onClick={() => setOpen(!open)}
      >
        {t("explain")}
      </Button>
      <Collapsible id={id} open={open} transition={false}>
        <Box paddingBlockStart="300">
          <BlockStack gap="200">
            {texts.map((text) => (
              <Text key={text} as="p">
                {text}
              </Text>
            ))}
          </BlockStack>
        </Box>
      </Collapsible>
    </div>
  );
}
