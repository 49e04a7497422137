import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { parsePartialDate } from "../../src/corpus/partial-date.ts";
import type { LocalDate } from "../../src/schedule/slots/local-date.ts";
import { parseLocalDate } from "../../src/schedule/slots/local-date.ts";
import type { Place } from "../../src/schedule/place.ts";
import type { Plan, Subscription } from "../../src/digest/subscription.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import { DEFAULT_PLAN } from "../../src/digest/subscription.ts";

/** A local date that is written in a test. */
export function date(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (parsed === undefined) throw new Error(`${text} is no date`);
  return parsed;
}

/** A paper with the facts a digest looks at. */
export function paper(
  title: string,
  { day, votes, ...facts }: Partial<Paper> & { day?: string; votes?: number } = {},
): Paper {
  const known = day === undefined ? undefined : parsePartialDate(day);
  return {
    id: titlePaperId(title),
    title,
    listedOn: ["test"],
    origins: [],
    ...(known === undefined ? {} : { date: known }),
    ...(votes === undefined ? {} : { upvotes: { count: votes, readAt: "2026-03-10T00:00:00Z" } }),
    ...facts,
  };
}

/** A channel. */
export const place: Place = { platform: "discord", server: "lab", channel: "papers" };

/** A plan with some of its parts set. */
export function planOf(parts: Partial<Plan> = {}): Plan {
  return { ...DEFAULT_PLAN, days: [1, 2, 3, 4, 5, 6, 7], ...parts };
}

/** An active subscription with some of its parts set. */
export function subscriptionOf(parts: Partial<Subscription> = {}): Subscription {
  const createdAt = new Date("2026-03-01T12:00:00Z");
  return {
    id: "one",
    place,
    createdBy: "ana",
    createdAt,
    scheduledSince: createdAt,
    plan: planOf(),
    state: { kind: "active" },
    ...parts,
  };
}

/** An index of so many papers, some dated around March 2026 and some not. */
export async function openSmallIndex(count: number): Promise<PaperIndex> {
  const index = createEmbeddedIndex();
  await index.add(
    Array.from({ length: count }, (_, i) =>
      paper(`Paper ${i} on ${["diffusion", "curricula", "agents"][i % 3]}`, {
        abstract: `What paper ${i} says.`,
        ...(i % 2 === 0 ? { day: `2026-03-${String(10 + (i % 20)).padStart(2, "0")}` } : {}),
      }),
    ),
  );
  return index;
}
