import type { OfferTypeName } from "../../../domain/offers/offer-type-name.ts";
import { addOnEditor } from "./add-on.tsx";
import { boughtTogetherEditor } from "./bought-together.tsx";
import { buyXGetYEditor } from "./buy-x-get-y.tsx";
import type { OfferEditor } from "./editor.ts";
import { fixedBundleEditor } from "./fixed-bundle.tsx";
import { goalEditor } from "./goal.tsx";
import { mixAndMatchEditor } from "./mix-and-match.tsx";
import { quantityBreaksEditor } from "./quantity-breaks.tsx";
import { subscriptionEditor } from "./subscription.tsx";
import { upgradeEditor } from "./upgrade.tsx";

/** What each type's editor adds to the fields that follow from its declaration. */
export const EDITORS = {
  "add-on": addOnEditor,
  "bought-together": boughtTogetherEditor,
  "buy-x-get-y": buyXGetYEditor,
  "fixed-bundle": fixedBundleEditor,
  goal: goalEditor,
  "mix-and-match": mixAndMatchEditor,
  "quantity-breaks": quantityBreaksEditor,
  subscription: subscriptionEditor,
  upgrade: upgradeEditor,
} as const satisfies Record<OfferTypeName, OfferEditor>;
