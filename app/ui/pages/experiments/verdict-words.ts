import type { TFunction } from "i18next";
import type { Gain, Verdict } from "../../../domain/measurement/experiments/verdict.ts";
import type { Formats } from "../../kit/format.ts";

/** A verdict in one sentence. `arms`: the names of the experiment's arms, that of the control first. */
export function verdictText(
  verdict: Verdict,
  arms: readonly string[],
  t: TFunction<"experiments">,
  formats: Formats,
): string {
  switch (verdict.kind) {
    case "not-enough":
      return t("verdict.notEnough", { count: verdict.daysLeft, days: formats.number(verdict.daysLeft) });
    case "better":
      return t("verdict.better", { arm: arms[verdict.arm], ...bounds(verdict.gain, formats, 1) });
    case "worse":
      return t("verdict.worse", { arm: arms[verdict.arm], ...bounds(verdict.gain, formats, -1) });
    case "no-worthwhile-difference":
      return t("verdict.small", { worthwhile: formats.percent(verdict.worthwhile, 1) });
    case "open":
      return verdict.gain === null
        ? t("verdict.openWithoutFigures")
        : t("verdict.open", bounds(verdict.gain, formats, 1));
    case "harm": {
      const { guard, arm, control, variant } = verdict.breach;
      const figures = { arm: arms[arm], control: formats.percent(control, 1), variant: formats.percent(variant, 1) };
      return guard === "refund-rate" ? t("verdict.refunds", figures) : t("verdict.checkouts", figures);
    }
    case "wrong-split": {
      const shares = (of: readonly number[]) => of.map((share) => formats.percent(share, 1)).join(" : ");
      return t("verdict.wrongSplit", { seen: shares(verdict.seen), planned: shares(verdict.planned) });
    }
    case "interrupted": {
      const at = formats.date(new Date(verdict.at).toISOString());
      return t(`verdict.interrupted.${verdict.reason}`, { at });
    }
  }
}

/** Of a loss (`sign` -1) the size, the smaller bound first. */
function bounds({ estimate, low, high }: Gain, formats: Formats, sign: 1 | -1) {
  const [from, to] = sign === 1 ? [low, high] : [-high, -low];
  // One that is small shows a digit, and the others with it.
  const digits = Math.min(...[estimate, from, to].map(Math.abs)) < 0.1 ? 1 : 0;
  const text = (share: number) => formats.percent(share, digits);
  return { estimate: text(sign * estimate), low: text(from), high: text(to) };
}
