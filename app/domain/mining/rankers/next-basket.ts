import type { CustomerHistory } from "./customer-history.ts";
import type { ScoreBoard } from "../matrices/score-board.ts";
import type { SellingAt } from "./selling-now.ts";

/**
 * Scores what a customer bought before by how likely it is in their next order (personal frequency with decay as in
 * TIFU-KNN, Hu et al. 2020, here with each item's own repeat rate and the season in place of neighbours):
 *
 *   share of the customer's orders with the item, later orders weighing more
 *   * (repeat rate of the item / repeat rate of the shop)^0.5
 *   * ((what sells now + lent) / (what sold on the whole + lent))^0.3
 *
 * What sells now is added by the caller as the prior, for items the customer has not bought. Customer -1 is unknown.
 */
export function addNextBasket(history: CustomerHistory, selling: SellingAt, customer: number, board: ScoreBoard): void {
  if (customer < 0) return;
  for (let k = history.start[customer]!; k < history.start[customer + 1]!; k++) {
    const item = history.item[k]!;
    board.add(item, history.share[k]! * history.repeatFactor[item]! * selling.trend[item]!);
  }
}
