import type { WorkType } from "../../corpus/publication.ts";
import type { Citation } from "./citation.ts";

/** Works whose number is their own, and not that of a volume's part. */
const NUMBERED: ReadonlySet<WorkType | undefined> = new Set<WorkType>([
  "article",
  "patent",
  "report",
  "standard",
  "thesis",
]);

/** The numbers that a list gives; `plain` is that of a volume's part, save of a report and the like, and beside an issue. */
export function readNumbers(
  type: WorkType | undefined,
  { issue, plain, number }: { readonly [Name in "issue" | "plain" | "number"]: string | undefined },
): Pick<Citation, "issue" | "number"> {
  const isOwn = NUMBERED.has(type) || issue !== undefined;
  return { issue: issue ?? (isOwn ? undefined : plain), number: number ?? (isOwn ? plain : undefined) };
}
