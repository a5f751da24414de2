import type { ProductId } from "../../domain/ids.ts";
import type { PlaybookEvidence } from "../../domain/playbooks/evidence.ts";
import type { KnownProduct, PlaybookFacts } from "../../domain/playbooks/facts.ts";
import { PLAYBOOK_NAMES, type Proposal } from "../../domain/playbooks/proposal.ts";
import { proposalsOf } from "../../domain/playbooks/propose.ts";
import { lastDays } from "../../domain/time/report-days.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readHiddenUpgrades } from "../../persistence/mining/upgrades/hidden-upgrades.ts";
import { readChoices } from "../../persistence/offers/choices.ts";
import { readCompatibility } from "../../persistence/offers/compatibility.ts";
import { readExclusions } from "../../persistence/offers/exclusions.ts";
import { readOffers } from "../../persistence/offers/offer-rows.ts";
import { readDismissed } from "../../persistence/playbooks/dismissed-proposals.ts";
import { readPlaybookEvidence } from "../../persistence/playbooks/playbook-evidence.ts";
import { readPlaybookProducts } from "../../persistence/playbooks/playbook-products.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { ProposalsView, ProposalView } from "../../views/proposals-view.ts";
import { readRunningOffers, type RunningOffers } from "../publishing/running-offers.ts";

/** The offers that are proposed to a shop now: by what was gathered from its orders, and its catalogue and offers of now. */
export async function readProposals(tx: ShopTransaction, now: Date): Promise<ProposalsView> {
  const read = await readFacts(tx, now);
  if (read === null) return { proposals: [], without: [...PLAYBOOK_NAMES], orders: null };
  const dismissed = await readDismissed(tx);
  const { proposals, without } = proposalsOf(read, (id) => dismissed.has(id));
  return {
    proposals: proposals.map((proposal) => proposalView(proposal, read)),
    without: [...without],
    orders: read.evidence.orders,
  };
}

/** One of the proposals with the offer that it is; null where it is not proposed, or not any more. */
export async function readProposal(
  tx: ShopTransaction,
  id: string,
  now: Date,
): Promise<{ proposal: Proposal; view: ProposalView } | null> {
  const facts = await readFacts(tx, now);
  const dismissed = await readDismissed(tx);
  const proposal = facts && proposalsOf(facts, (one) => dismissed.has(one)).proposals.find((one) => one.id === id);
  return proposal ? { proposal, view: proposalView(proposal, facts) } : null;
}

async function readFacts(tx: ShopTransaction, now: Date): Promise<PlaybookFacts | null> {
  const evidence = await readPlaybookEvidence(tx);
  if (evidence === null) return null;
  const { currency, currencies, timezone } = await theShop(tx);
  const { shippingRates, companionPricePercent, leastMarginPercent, upgradeCapPercent } = await readShopSettings(tx);
  const stored = await readOffers(tx);
  return {
    ...{ evidence, currency, shippingRates, upgradeCapPercent },
    products: await readPlaybookProducts(tx, productsIn(evidence)),
    offers: stored.flatMap(({ offer }) => (offer === null || offer.status === "archived" ? [] : [offer])),
    choices: await readChoices(
      tx,
      [...evidence.pairs, ...evidence.seasons].map(({ product }) => product),
    ),
    exclusions: await readExclusions(tx),
    compatibility: await readCompatibility(tx),
    hiddenUpgrades: await readHiddenUpgrades(
      tx,
      evidence.upgrades.map(({ product }) => product),
    ),
    ...modeOf(await readRunningOffers(tx, now)),
    hasOtherCurrencies: currencies.some((other) => other !== currency),
    limits: { companionPricePercent, leastMarginPercent },
    today: lastDays(now.getTime(), timezone, 1).toDay,
  };
}

function modeOf({ mainSet: { mode, followsShop } }: RunningOffers): Pick<PlaybookFacts, "mode" | "followsShop"> {
  return { mode, followsShop };
}

/** Every product that evidence names. */
function productsIn({ pairs, seasons, quantities, repeats, slow, upgrades }: PlaybookEvidence): ProductId[] {
  return [
    ...new Set([
      ...pairs.flatMap(({ product, companions }) => [product, ...companions.map(({ companion }) => companion)]),
      ...seasons.flatMap(({ product, companion }) => [product, companion]),
      ...[...quantities, ...repeats].map(({ product }) => product),
      ...slow.flatMap(({ product, partner }) => [product, partner]),
      ...upgrades.flatMap(({ product, upgrade }) => [product, upgrade]),
    ]),
  ];
}

function proposalView(proposal: Proposal, { products, currency }: PlaybookFacts): ProposalView {
  const { id, playbook, type, reason, draft } = proposal;
  const known = (wanted: readonly ProductId[]): KnownProduct[] => wanted.flatMap((one) => products.get(one) ?? []);
  return {
    ...{ id, playbook, type, reason, draft, currency },
    products: known(proposal.products).map(({ id: productId, title, imageUrl }) => ({ productId, title, imageUrl })),
    checks: proposal.checks.map((check) =>
      check.code === "cost-unknown" ? { ...check, products: known(check.products).map(({ title }) => title) } : check,
    ),
  };
}
