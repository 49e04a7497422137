import { setTimeout as sleep } from "node:timers/promises";
import type { Finding, Level } from "../../src/health/finding.ts";
import { failure, warning } from "../../src/health/finding.ts";
import type { Check, Patient } from "./patient.ts";
import { Unseen } from "./patient.ts";

/** How long a look may take unless it says so itself, in milliseconds. */
const PATIENCE = 10_000;

/** A finding, and what it belongs to. */
export interface Diagnosis extends Finding {
  readonly area: string;
}

/** What one look finds; that it fails or takes too long is a finding too. */
async function lookWith(check: Check, patient: Patient): Promise<readonly Finding[]> {
  const { patience = PATIENCE, otherwise } = check;
  const over = new AbortController();
  const late = sleep(patience, undefined, { signal: over.signal }).catch(() => undefined);
  try {
    const found = await Promise.race([check.look(patient), late]);
    return found ?? [warning(`This was not through within ${patience / 1000} s.`, otherwise)];
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return [error instanceof Unseen ? warning(words, otherwise) : failure(words, otherwise)];
  } finally {
    over.abort();
  }
}

/** Looks at everything at once; resolves with what was found, in the order of the checks. Never rejects. */
export async function examine(checks: readonly Check[], patient: Patient): Promise<readonly Diagnosis[]> {
  const found = await Promise.all(
    checks.map(async (check) => {
      const findings = await lookWith(check, patient);
      return findings.map((one): Diagnosis => ({ area: check.area, ...one }));
    }),
  );
  return found.flat();
}

const LEVELS: readonly Level[] = ["failure", "warning", "ok"];
const NAMES: Readonly<Record<Level, string>> = { ok: "ok", warning: "warning", failure: "failure" };

/** How many findings there are of each level: `1 failure, 2 warnings, 9 ok`. */
function sumWords(all: readonly Diagnosis[]): string {
  const counts = LEVELS.map((level) => ({ level, count: all.filter((one) => one.level === level).length }));
  const words = counts.filter(({ level, count }) => count > 0 || level === "ok");
  return words
    .map(({ level, count }) => `${count} ${NAMES[level]}${level === "ok" || count === 1 ? "" : "s"}`)
    .join(", ");
}

/** What was found as lines, under the headings of their areas. `mark` draws a level. */
export function report(
  all: readonly Diagnosis[],
  mark: (level: Level, name: string) => string,
): readonly string[] {
  const lines: string[] = [];
  for (const [i, { area, level, what, todo }] of all.entries()) {
    if (area !== all[i - 1]?.area) lines.push(...(i === 0 ? [] : [""]), area);
    lines.push(`  ${mark(level, NAMES[level].padEnd(7))}  ${what}`);
    if (todo !== undefined) lines.push(`           → ${todo}`);
  }
  return [...lines, "", `${sumWords(all)}.`];
}
