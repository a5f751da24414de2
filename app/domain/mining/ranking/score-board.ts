/**
 * Scores of one query over the whole catalogue, reused from query to query: only the items that a query touches are
 * cleared afterwards, so a query costs what it touches and not the size of the catalogue.
 */
export class ScoreBoard {
  readonly scores: Float64Array;
  readonly #touched: Uint32Array;
  readonly #isTouched: Uint8Array;
  #count = 0;

  constructor(itemCount: number) {
    this.scores = new Float64Array(itemCount);
    this.#touched = new Uint32Array(itemCount);
    this.#isTouched = new Uint8Array(itemCount);
  }

  /** Items touched since the last `clear`, in the order of their first touch. */
  get touched(): Uint32Array {
    return this.#touched.subarray(0, this.#count);
  }

  isTouched(item: number): boolean {
    return this.#isTouched[item] === 1;
  }

  add(item: number, score: number): void {
    this.#touch(item);
    this.scores[item]! += score;
  }

  /** Keeps the greater of the item's score and this one. */
  raise(item: number, score: number): void {
    this.#touch(item);
    if (score > this.scores[item]!) this.scores[item] = score;
  }

  clear(): void {
    for (let i = 0; i < this.#count; i++) {
      const item = this.#touched[i]!;
      this.scores[item] = 0;
      this.#isTouched[item] = 0;
    }
    this.#count = 0;
  }

  #touch(item: number): void {
    if (this.#isTouched[item] === 1) return;
    this.#isTouched[item] = 1;
    this.#touched[this.#count++] = item;
  }
}

/** An item's place in a ranking. */
export interface Ranked {
  readonly item: number;
  readonly score: number;
}

/** What every item scores before the query is known, and the items in descending order of it. */
export interface Prior {
  readonly share: Float64Array;
  readonly descending: Uint32Array;
}

/**
 * The `top` best items of the board by score + scale * prior, best first; equal scores are settled by the prior, then
 * by item. Items that no ranker touched compete with their prior alone, so the list is full while the catalogue lasts.
 * `isExcluded` items never appear.
 */
export function topOf(
  board: ScoreBoard,
  prior: Prior,
  scale: number,
  top: number,
  isExcluded: (item: number) => boolean,
): Ranked[] {
  const best = new BestItems(top, prior);
  const { touched, scores } = board;
  for (let k = 0; k < touched.length; k++) {
    const item = touched[k]!;
    const score = scores[item]! + scale * prior.share[item]!;
    // Most items lose against the last of the best at once; only the others are worth the question.
    if (score >= best.threshold && !isExcluded(item)) best.offer(item, score);
  }
  let added = 0;
  for (const item of prior.descending) {
    if (added >= top) break;
    if (board.isTouched(item) || isExcluded(item)) continue;
    best.offer(item, scale * prior.share[item]!);
    added++;
  }
  return best.ranked();
}

/** Keeps the best few by insertion: `top` is small (10 to 50), most offers lose against the last at once. */
class BestItems {
  readonly #items: number[] = [];
  readonly #scores: number[] = [];
  readonly #top: number;
  readonly #prior: Prior;

  constructor(top: number, prior: Prior) {
    this.#top = top;
    this.#prior = prior;
  }

  /** A score below this has no chance. */
  get threshold(): number {
    return this.#items.length < this.#top ? -Infinity : this.#scores[this.#top - 1]!;
  }

  offer(item: number, score: number): void {
    let place = this.#items.length;
    while (place > 0 && this.#wins(item, score, this.#items[place - 1]!, this.#scores[place - 1]!)) place--;
    if (place >= this.#top) return;
    this.#items.splice(place, 0, item);
    this.#scores.splice(place, 0, score);
    if (this.#items.length > this.#top) {
      this.#items.pop();
      this.#scores.pop();
    }
  }

  ranked(): Ranked[] {
    return this.#items.map((item, place) => ({ item, score: this.#scores[place]! }));
  }

  #wins(item: number, score: number, other: number, otherScore: number): boolean {
    if (score !== otherScore) return score > otherScore;
    const shares = this.#prior.share;
    return shares[item] === shares[other] ? item < other : shares[item]! > shares[other]!;
  }
}
