/** What a process held at one time. */
export interface Sample {
  /** Seconds, from any start. */
  readonly at: number;
  readonly value: number;
}

/** Seconds of which the least sample counts: what waits to be collected or closed meanwhile is no growth. */
const WINDOW = 30;

/** Fewer windows say nothing: a line through them follows chance. */
const LEAST_WINDOWS = 10;

/** The least of each window, so that garbage that was not collected yet does not count. */
function floors(samples: readonly Sample[]): Sample[] {
  const least = new Map<number, Sample>();
  for (const sample of samples) {
    const window = Math.floor(sample.at / WINDOW);
    const known = least.get(window);
    if (known === undefined || sample.value < known.value) least.set(window, sample);
  }
  return [...least.values()];
}

/** The slope of the line through the samples by least squares, for each unit of `at`; 0 where all are at one time. */
export function slopeOf(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / Math.max(1, samples.length);
  const [at, value] = [mean((sample) => sample.at), mean((sample) => sample.value)];
  const spread = samples.reduce((sum, sample) => sum + (sample.at - at) ** 2, 0);
  const shared = samples.reduce((sum, sample) => sum + (sample.at - at) * (sample.value - value), 0);
  return spread === 0 ? 0 : shared / spread;
}

/** How much more is held after an hour; undefined where the samples are of too short a time to say. */
export function growthPerHour(samples: readonly Sample[]): number | undefined {
  const least = floors(samples);
  return least.length < LEAST_WINDOWS ? undefined : slopeOf(least) * 3600;
}
