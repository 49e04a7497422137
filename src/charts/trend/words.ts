import type { Span, Topic, Trend } from "./trend.ts";
import { FEW, shareAt } from "./trend.ts";

const BARS = "▁▂▃▄▅▆▇█";
/** Rows of the table; what is older is in the picture and in the data. */
const ROWS = 24;
/** Characters of a topic's name in the table. */
const NAME = 18;
/** Characters of what is told of a picture. */
const ALT = 1000;

/** `12.5 %`, `0.4 %`, `0 %`. */
function percent(share: number): string {
  const value = share * 100;
  return `${value === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} %`;
}

const shares = (trend: Trend, topic: Topic): (number | undefined)[] =>
  trend.spans.map((_, i) => shareAt(trend, topic, i));

/** The highest share of all topics, above 0. */
export const highest = (trend: Trend): number =>
  Math.max(...trend.topics.flatMap((topic) => shares(trend, topic).map((share) => share ?? 0)), 0.001);

/** A line of bars, one a time, as high as the share; a dot where there is no paper. */
export function sparkline(trend: Trend, topic: Topic): string {
  const most = highest(trend);
  return shares(trend, topic)
    .map((share) => (share === undefined ? "·" : (BARS[Math.min(7, Math.floor((share / most) * 8))] ?? "")))
    .join("");
}

/** The place where a topic has its highest share, of times with enough papers where there are any. */
function peak(trend: Trend, topic: Topic): number | undefined {
  const found = trend.spans
    .map((span, place) => ({ place, span, share: shareAt(trend, topic, place) ?? 0 }))
    .filter(({ share }) => share > 0);
  const sound = found.filter(({ span }) => span.papers >= FEW);
  return (sound.length > 0 ? sound : found).toSorted((a, b) => b.share - a.share || a.place - b.place)[0]
    ?.place;
}

/** `5.2 % in 2026-02 (12 of 230)`. */
function told(trend: Trend, topic: Topic, place: number): string {
  const { name, papers } = trend.spans[place] as Span;
  return `${percent(shareAt(trend, topic, place) ?? 0)} in ${name} (${topic.counts[place] ?? 0} of ${papers})`;
}

/** What there is to say of a topic: how often it comes up in all, most often, and lately. */
export function topicText(trend: Trend, topic: Topic): string {
  const shown = topic.counts.reduce((sum, one) => sum + one, 0);
  const papers = trend.spans.reduce((sum, span) => sum + span.papers, 0);
  if (shown === 0)
    return topic.total === 0
      ? "in no paper"
      : `in ${topic.total} papers, none of them with a date that is known`;
  const [most, last] = [peak(trend, topic), trend.spans.length - 1];
  const parts = [
    `in ${shown} of ${papers} papers (${percent(shown / papers)})`,
    ...(most === undefined ? [] : [`most: ${told(trend, topic, most)}`]),
    ...(most === last ? [] : [`last: ${told(trend, topic, last)}`]),
  ];
  return parts.join("; ");
}

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** The counts of the newest times as a table of text, a line each. */
export function table(trend: Trend): string {
  const names = trend.topics.map(({ name }) => cut(name, NAME));
  const first = Math.max(0, trend.spans.length - ROWS);
  const rows = trend.spans.slice(first).map((span, i) => [
    `${span.name}${span.open ? "*" : ""}`,
    String(span.papers),
    ...trend.topics.map((topic) => {
      const share = shareAt(trend, topic, first + i);
      return share === undefined ? "–" : `${topic.counts[first + i] ?? 0} (${percent(share)})`;
    }),
  ]);
  const lines = [[trend.period, "papers", ...names], ...rows];
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => Array.from(line[column] ?? "").length))) ??
    [];
  return lines
    .map((line) =>
      line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** What should be known before the shares are believed. */
export function notes(trend: Trend): string[] {
  const few = trend.spans.filter(({ papers }) => papers < FEW).length;
  const open = trend.spans.at(-1);
  const dates = trend.period === "month" ? "no date or a year alone" : "no date";
  return [
    ...(few === 0
      ? []
      : [
          `${few} of ${trend.spans.length} ${trend.period}s have fewer than ${FEW} papers; their shares are a matter of chance.`,
        ]),
    ...(open?.open === true ? [`* ${open.name} is not over.`] : []),
    ...(trend.undated === 0 ? [] : [`Not counted: ${trend.undated} papers with ${dates}.`]),
    ...(trend.earlier === 0
      ? []
      : [`Not shown: ${trend.earlier} papers before ${trend.spans[0]?.name ?? ""}.`]),
  ];
}

/** The picture in words. */
export function altText(trend: Trend): string {
  const [first, last] = [trend.spans[0]?.name ?? "", trend.spans.at(-1)?.name ?? ""];
  const said = trend.topics.map((topic) => `“${cut(topic.name, 60)}”: ${topicText(trend, topic)}.`);
  const all = `Lines of the share of papers per ${trend.period}, ${first} to ${last}. ${said.join(" ")}`;
  return cut(all, ALT);
}
