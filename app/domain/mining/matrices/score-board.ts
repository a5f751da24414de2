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
    // One more than there are items: a place is written before it is known to be needed.
    this.#touched = new Uint32Array(itemCount + 1);
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

  /** Adds `scale` times its own weight to each of the items from `from` to `to`. */
  addEach(items: Uint32Array, weights: Float32Array, from: number, to: number, scale: number): void {
    const { scores } = this;
    this.#touchEach(items, from, to);
    for (let k = from; k < to; k++) scores[items[k]!]! += scale * weights[k]!;
  }

  /** Adds the same score to each of the items from `from` to `to`. */
  addToEach(items: Uint32Array, from: number, to: number, score: number): void {
    const { scores } = this;
    this.#touchEach(items, from, to);
    for (let k = from; k < to; k++) scores[items[k]!]! += score;
  }

  /** As `addEach`, but an item keeps the greater of its score and the new one. */
  raiseEach(items: Uint32Array, weights: Float32Array, from: number, to: number, scale: number): void {
    const { scores } = this;
    this.#touchEach(items, from, to);
    for (let k = from; k < to; k++) {
      const score = scale * weights[k]!;
      if (score > scores[items[k]!]!) scores[items[k]!] = score;
    }
  }

  clear(): void {
    for (let i = 0; i < this.#count; i++) {
      const item = this.#touched[i]!;
      this.scores[item] = 0;
      this.#isTouched[item] = 0;
    }
    this.#count = 0;
  }

  #touchEach(items: Uint32Array, from: number, to: number): void {
    const touched = this.#touched;
    const isTouched = this.#isTouched;
    let count = this.#count;
    for (let k = from; k < to; k++) {
      const item = items[k]!;
      // Written in any case and counted only if new: no branch to guess wrong.
      touched[count] = item;
      count += 1 - isTouched[item]!;
      isTouched[item] = 1;
    }
    this.#count = count;
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
  const { share, descending } = prior;
  for (let k = 0; k < touched.length; k++) {
    const item = touched[k]!;
    const score = scale === 0 ? scores[item]! : scores[item]! + scale * share[item]!;
    // Most items lose against the last of the best at once; only the others are worth the question.
    if (score >= best.threshold && !isExcluded(item)) best.offer(item, score);
  }
  let added = 0;
  for (let k = 0; k < descending.length && added < top; k++) {
    const item = descending[k]!;
    const score = scale * share[item]!;
    // What comes after sells less still.
    if (score < best.threshold) break;
    if (board.isTouched(item) || isExcluded(item)) continue;
    best.offer(item, score);
    added++;
  }
  return best.ranked();
}

/** Keeps the best few by insertion: `top` is small (10 to 50), most offers lose against the last at once. */
class BestItems {
  /** A score below this has no chance. */
  threshold = -Infinity;
  readonly #items: Uint32Array;
  readonly #scores: Float64Array;
  readonly #share: Float64Array;
  #count = 0;

  constructor(top: number, prior: Prior) {
    this.#items = new Uint32Array(top);
    this.#scores = new Float64Array(top);
    this.#share = prior.share;
  }

  offer(item: number, score: number): void {
    const items = this.#items;
    const scores = this.#scores;
    const top = items.length;
    let place = this.#count;
    while (place > 0 && this.#wins(item, score, items[place - 1]!, scores[place - 1]!)) place--;
    if (place >= top) return;
    if (this.#count < top) this.#count++;
    for (let k = this.#count - 1; k > place; k--) {
      items[k] = items[k - 1]!;
      scores[k] = scores[k - 1]!;
    }
    items[place] = item;
    scores[place] = score;
    if (this.#count === top) this.threshold = scores[top - 1]!;
  }

  ranked(): Ranked[] {
    return Array.from({ length: this.#count }, (_, place) => ({
      item: this.#items[place]!,
      score: this.#scores[place]!,
    }));
  }

  #wins(item: number, score: number, other: number, otherScore: number): boolean {
    if (score !== otherScore) return score > otherScore;
    const share = this.#share;
    return share[item] === share[other] ? item < other : share[item]! > share[other]!;
  }
}
