/** Below so many nobody needs to act: bots send nonsense everywhere. */
const LEAST_REFUSED = 500;
const MOST_SHARE = 0.25;

/** Whether so many events are refused, of those that came, that figures of what shoppers do are much too low. */
export function areTooManyRefused(refused: number, stored: number): boolean {
  return refused >= LEAST_REFUSED && refused > MOST_SHARE * (refused + stored);
}
