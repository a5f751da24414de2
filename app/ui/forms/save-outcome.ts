import type { ShouldRevalidateFunction } from "@remix-run/react";

/** Why nothing is known to have been saved. `timeout`: it may have been, and the next save finds out. */
export type SaveFailure = "offline" | "server" | "timeout" | "signed-out";

/** What a save answers; `stale` where another person saved since the form was read, and nothing was changed. */
export type SaveAnswer =
  /** `number` names what was made, where the save made something. */
  | { code: "saved"; version: number; number?: number }
  | { code: "stale" }
  | { code: "invalid"; errors: Readonly<Record<string, string>> }
  | { code: "unreadable" }
  /** Nothing was changed, and saving again would not help; the page has words for each reason. */
  | { code: "refused"; reason: string }
  | { code: "failed"; reason: SaveFailure };

/** After this a save counts as failed, so that a person can try again. */
const GIVE_UP_AFTER_MS = 30_000;

/**
 * The `clientAction` of a page with a form: a request that fails is an answer like any other, since an exception
 * would replace the page and what was typed on it. Redirects pass.
 */
export async function answerOrFailure({ serverAction }: { serverAction: <T>() => Promise<T> }): Promise<unknown> {
  // App Bridge asks the admin for a token before anything is sent, and may never answer without a connection.
  if (isOffline()) return failed("offline");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<unknown>((resolve) => {
    timer = setTimeout(() => resolve(failed(isOffline() ? "offline" : "timeout")), GIVE_UP_AFTER_MS);
  });
  try {
    const answer = await Promise.race([serverAction<unknown>(), tooLate]);
    return isAnswer(answer) ? answer : failed("server");
  } catch (error) {
    const status = error instanceof Response ? error.status : null;
    if (status !== null && status >= 300 && status < 400) throw error;
    return failed(failureOf(error, status));
  } finally {
    clearTimeout(timer);
  }
}

/** Whether it is the app's own: a proxy before it answers with a page. */
function isAnswer(answer: unknown): answer is { code: string } {
  return typeof answer === "object" && answer !== null && "code" in answer;
}

function failed(reason: SaveFailure): SaveAnswer {
  return { code: "failed", reason };
}

function failureOf(error: unknown, status: number | null): SaveFailure {
  if (status === 401 || status === 403) return "signed-out";
  // The second is what `fetch` throws where no answer came at all.
  return isOffline() || error instanceof TypeError ? "offline" : "server";
}

const isOffline = () => globalThis.navigator?.onLine === false;

/**
 * The `shouldRevalidate` of such a page. After a failed request the next one would fail too, and replace the page. A save
 * that made something leads to a page of its own: what this page reads again may arrive after that one's data, and would
 * then stand in its place.
 */
export const readAgainAfterSave: ShouldRevalidateFunction = ({ actionResult, defaultShouldRevalidate }) => {
  const answer = actionResult as SaveAnswer | undefined;
  const isMade = answer?.code === "saved" && answer.number !== undefined;
  return answer?.code === "failed" || isMade ? false : defaultShouldRevalidate;
};
