import type { Failing } from "../domain/measurement/voice/failing.ts";

/** That customers dislike an offer or send it back. */
export interface FailingView {
  readonly failing: Failing;
  /** Whether it was paused for it. Otherwise staff are asked. */
  readonly paused: boolean;
  /** ISO time at which it was found. */
  readonly foundAt: string;
  /** Whether staff chose to leave it as it is. */
  readonly settled: boolean;
}

/** The same, with the offer that it is about. */
export interface FailingOfferView extends FailingView {
  readonly number: number;
  readonly type: string;
  readonly name: string;
}
