import type { OfferEditor } from "./editor.ts";

export const quantityBreaksEditor: OfferEditor = { controls: {} };
