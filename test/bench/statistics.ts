/** The smallest value that at least a share of `share` (0 to 1) of the values does not exceed; 0 for no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** A number with three significant digits. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** Percentiles of times in milliseconds. */
export interface Times {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Times each of some questions, one after the other, after asking the first ones unmeasured. */
export async function timeEach<T>(questions: readonly T[], ask: (question: T) => unknown): Promise<Times> {
  for (const question of questions.slice(0, 20)) await ask(question);
  const times: number[] = [];
  for (const question of questions) {
    const started = performance.now();
    await ask(question);
    times.push(performance.now() - started);
  }
  return {
    p50: rounded(percentile(times, 0.5)),
    p95: rounded(percentile(times, 0.95)),
    p99: rounded(percentile(times, 0.99)),
  };
}
