import type { Forecast } from "./forecast.ts";
import { FORECAST_DAYS } from "./forecast.ts";
import { countVerb, countWords, dayWords } from "../../schedule/words.ts";

/** Where fewer papers of the corpus than this share have a date, a number of papers a day says little. */
const FEW_DATED = 0.5;

/** A rate in words that does not promise more than it knows: `2.1 papers a day`, or a number where that is small. */
function rateWords(count: number): string {
  const perDay = count / FORECAST_DAYS;
  return perDay < 0.5 ? countWords(count, "paper") : `${perDay.toFixed(1)} papers a day`;
}

/** What limits the forecast: papers without a date. */
function doubtWords({ corpus, undated }: Forecast): string[] {
  const few = corpus.dated < corpus.papers * FEW_DATED;
  const dated = corpus.dated === 0 ? "None" : `Only ${corpus.dated}`;
  return [
    ...(few
      ? [
          `${dated} of the ${countWords(corpus.papers, "paper")} here ${corpus.dated < 2 ? "has" : "have"} a date, so this says little.`,
        ]
      : []),
    ...(undated === 0
      ? []
      : [
          `${countVerb(undated, "more paper", "pass")} without a date: for the archive, which is used on days without a new paper.`,
        ]),
  ];
}

/**
 * The forecast in sentences, without the examples: how many papers a day, over which days, and how far to trust it. What
 * matches nothing is said, with what to change.
 */
export function forecastWords(forecast: Forecast): string[] {
  const { window, inWindow, passing, matching, corpus } = forecast;
  if (corpus.papers === 0)
    return ["There are no papers yet, so nothing can be said about how many will come."];
  if (matching === 0)
    return [
      "No paper of this corpus matches these topics. Fewer words, or commas between topics, find more.",
    ];
  if (passing === 0)
    return [
      `${countVerb(matching, "paper", "match")} the topics, but none has the comments or votes asked for.`,
    ];
  if (window === undefined) return doubtWords(forecast);
  const days = `over the ${FORECAST_DAYS} days up to ${dayWords(window.to)}`;
  return [`These filters would have brought ${rateWords(inWindow)} ${days}.`, ...doubtWords(forecast)];
}
