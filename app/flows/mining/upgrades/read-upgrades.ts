import { gid, type ProductId, type ShopDomain, type VariantId } from "../../../domain/ids.ts";
import type {
  StoredUpgrade,
  StoredUpgrades,
  StoredVariantUpgrade,
} from "../../../domain/mining/upgrades/stored-upgrades.ts";
import type {
  UpgradeCandidateView,
  UpgradeRowView,
  UpgradesPageView,
  VariantUpgradeView,
} from "../../../views/upgrades-view.ts";
import { stepOf } from "../../../domain/offers/types/upgrade/listed-upgrades.ts";
import { offersOf } from "../../../domain/offers/offer-types.ts";
import { readApprovedUpgrades } from "../../../persistence/mining/upgrades/approved-upgrades.ts";
import { readActiveOffers } from "../../../persistence/offers/offer-rows.ts";
import { readBasketCounts } from "../../../persistence/mining/counts/associations.ts";
import type { VariantStep } from "../../../domain/mining/upgrades/candidate.ts";
import { readHiddenUpgrades } from "../../../persistence/mining/upgrades/hidden-upgrades.ts";
import { readCompatibility } from "../../../persistence/offers/compatibility.ts";
import { readExclusions } from "../../../persistence/offers/exclusions.ts";
import { pageOf } from "../../../views/list-page.ts";
import { inShop, type ShopTransaction } from "../../../persistence/database/in-shop.ts";
import { readCatalogue, type CatalogueEntry } from "../../../persistence/catalogue/products.ts";
import { readShopSettings } from "../../../persistence/settings/settings.ts";
import { theShop } from "../../../persistence/shop/shops.ts";
import { readUpgradePage, readUpgradeRun, readVariantPrices } from "../../../persistence/mining/upgrades/upgrades.ts";
import type { FlowContext } from "../../context.ts";

const PAGE_SIZE = 20;

/** A page of the products that have upgrades, with the evidence for each, by today's prices. */
export function readUpgrades(
  shop: ShopDomain,
  query: Pick<UpgradesPageView, "search" | "page" | "filter">,
  context: FlowContext,
): Promise<UpgradesPageView> {
  return inShop(context.database, shop, async (tx) => {
    const { currency, timezone } = await theShop(tx);
    const run = await readUpgradeRun(tx);
    const search = query.search.trim();
    const { filter } = query;
    const { found, page, pageCount } = await pageOf(query.page, PAGE_SIZE, (part) =>
      readUpgradePage(tx, { search, filter, ...part }),
    );
    const capPercent = (await readShopSettings(tx)).upgradeCapPercent;
    const offers = offersOf("upgrade", await readActiveOffers(tx));
    return {
      ...{ search, page, pageCount, total: found.total, filter, timezone, capPercent },
      isOffered: offers.length > 0,
      reviews: offers.some(({ mode }) => mode === "review"),
      status: run === null ? "never" : run.finishedAt === null ? "running" : "done",
      foundAt: run?.finishedAt?.toISOString() ?? null,
      orders: run?.baskets ?? 0,
      rows: await rowsOf(tx, found.rows, currency, capPercent / 100),
    };
  });
}

async function rowsOf(
  tx: ShopTransaction,
  found: readonly { productId: ProductId; upgrades: StoredUpgrades | null }[],
  currency: string,
  cap: number,
): Promise<UpgradeRowView[]> {
  const products = found.map(({ productId }) => productId);
  const others = found.flatMap(({ upgrades }) => upgrades?.candidates.map(({ id }) => gid("Product", id)) ?? []);
  const catalogue = await readCatalogue(tx, [...new Set([...products, ...others])]);
  const orders = await readBasketCounts(tx, products);
  const hidden = await readHiddenUpgrades(tx, products);
  const approved = await readApprovedUpgrades(tx, products);
  const prices = await readVariantPrices(tx, products);
  const fits = await readCompatibility(tx);
  const { asCompanion } = await readExclusions(tx);
  return found.flatMap(({ productId, upgrades }) => {
    const product = catalogue.get(productId);
    if (product === undefined) return [];
    const words = { hidden: hidden.get(productId) ?? new Set(), approved: approved.get(productId) ?? new Set() };
    const shown = new Shown(currency, cap, words);
    return [
      {
        productId,
        title: product.title,
        imageUrl: product.imageUrl,
        price: product.priceMinor === null ? null : { amountMinor: product.priceMinor, currency },
        orders: orders.get(productId) ?? 0,
        refundedShare: upgrades?.refundedShare ?? null,
        marginShare: upgrades?.marginShare ?? null,
        candidates: (upgrades?.candidates ?? [])
          .filter(({ id }) => !asCompanion.has(gid("Product", id)) && fits.canReplace(productId, gid("Product", id)))
          .flatMap((one) => shown.candidate(one, product, catalogue.get(gid("Product", one.id)))),
        variants: shown.variants(upgrades?.variants ?? [], prices),
      },
    ];
  });
}

/**
 * What of the stored upgrades of one product still holds: what is gone, or costs too much or too little now, does not.
 */
class Shown {
  readonly #currency: string;
  readonly #cap: number;
  readonly #hidden: ReadonlySet<string>;
  readonly #approved: ReadonlySet<string>;

  constructor(
    currency: string,
    cap: number,
    { hidden, approved }: { readonly hidden: ReadonlySet<string>; readonly approved: ReadonlySet<string> },
  ) {
    this.#currency = currency;
    this.#cap = cap;
    this.#hidden = hidden;
    this.#approved = approved;
  }

  candidate(one: StoredUpgrade, of: CatalogueEntry, candidate: CatalogueEntry | undefined): UpgradeCandidateView[] {
    const money = this.#prices(of.priceMinor, candidate?.priceMinor ?? null);
    if (candidate === undefined || money === null) return [];
    const { id: _, differences, ...evidence } = one;
    const productId = candidate.id;
    return [
      {
        ...evidence,
        ...money,
        productId,
        title: candidate.title,
        imageUrl: candidate.imageUrl,
        available: candidate.published && candidate.inStock,
        differences: [...differences],
        hidden: this.#hidden.has(productId),
        approved: this.#approved.has(productId),
      },
    ];
  }

  /** Those that differ in the same way together. */
  variants(all: readonly StoredVariantUpgrade[], prices: ReadonlyMap<VariantId, number>): VariantUpgradeView[] {
    const priced = all.flatMap((one) => {
      const [from, to] = [gid("ProductVariant", one.of), gid("ProductVariant", one.id)];
      const money = this.#prices(prices.get(from) ?? null, prices.get(to) ?? null);
      const candidate: VariantStep = `${from}>${to}`;
      const hidden = this.#hidden.has(to) || this.#hidden.has(candidate);
      return money === null ? [] : [{ one, candidate, money, hidden, approved: this.#approved.has(candidate) }];
    });
    const alike = Map.groupBy(priced, ({ one }) => stepOf(one));
    return [...alike.values()].map((together): VariantUpgradeView => {
      const [{ one, money }] = together as [(typeof together)[number]];
      const orders = together.map((each) => each.one.orders);
      const { option, from, to, better } = one;
      return {
        ...{ option, from, to, better, ...money, needsApproval: better.code === "price" },
        candidates: together.map(({ candidate }) => candidate),
        orders: orders.reduce((sum: number | null, each) => (sum === null || each === null ? null : sum + each), 0),
        hidden: together.every((each) => each.hidden),
        approved: together.every((each) => each.approved),
      };
    });
  }

  #prices(from: number | null, to: number | null): Pick<UpgradeCandidateView, "price" | "difference"> | null {
    if (from === null || to === null || to <= from || to > from * this.#cap) return null;
    const currency = this.#currency;
    return { price: { amountMinor: to, currency }, difference: { amountMinor: to - from, currency } };
  }
}
