import { Box, Button, Collapsible } from "@shopify/polaris";
import { type ReactNode, useId, useState } from "react";

interface DisclosureProps {
  /** What the button says. */
  label: string;
  /** Shows the content whatever was pressed, for example because something in it is refused. */
  isForcedOpen?: boolean;
  children: ReactNode;
}

/** A button that shows and hides what is beneath it. Hidden at first. */
export function Disclosure({ label, isForcedOpen = false, children }: DisclosureProps) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const open = isOpen || isForcedOpen;
  return (
    <div>
      <Button
        variant="plain"
        disclosure={open ? "up" : "down"}
        ariaExpanded={open}
        ariaControls={id}
        onClick={() => setIsOpen(!open)}
      >
        {label}
      </Button>
      <Collapsible id={id} open={open} transition={false}>
        <Box paddingBlockStart="300">{children}</Box>
      </Collapsible>
    </div>
  );
}
