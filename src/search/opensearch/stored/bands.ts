import type { MeaningVector } from "../../meaning/encoder.ts";
import { BAND } from "./mapping.ts";

/** A word of the signs of some numbers of a vector, and how well it fits a question. */
export interface WeighedBand {
  readonly word: string;
  readonly weight: number;
}

const wordOf = (band: number, signs: number): string => `${band}:${signs.toString(16)}`;

/**
 * The signs of a vector's numbers, a few numbers a word: near vectors share more of these words than others do (Charikar,
 * 2002), so that an engine that knows words finds them.
 */
export function bandsOf(vector: MeaningVector): string[] {
  const bands: string[] = [];
  for (let from = 0; from < vector.length; from += BAND) {
    let signs = 0;
    for (let i = 0; i < BAND; i++) if ((vector[from + i] ?? 0) > 0) signs |= 1 << i;
    bands.push(wordOf(from / BAND, signs));
  }
  return bands;
}

/**
 * The words that vectors near this one have: those of its own signs, and those with the sign of the smallest number of a band
 * turned, each weighed by the numbers it agrees with.
 */
export function bandsNear(vector: MeaningVector): WeighedBand[] {
  const bands: WeighedBand[] = [];
  for (let from = 0; from < vector.length; from += BAND) {
    const sizes = Array.from({ length: BAND }, (_, i) => Math.abs(vector[from + i] ?? 0));
    let signs = 0;
    for (let i = 0; i < BAND; i++) if ((vector[from + i] ?? 0) > 0) signs |= 1 << i;
    const sum = sizes.reduce((total, size) => total + size, 0);
    const smallest = sizes.indexOf(Math.min(...sizes));
    const band = from / BAND;
    bands.push({ word: wordOf(band, signs), weight: sum });
    const turned = sum - 2 * (sizes[smallest] ?? 0);
    if (turned > 0) bands.push({ word: wordOf(band, signs ^ (1 << smallest)), weight: turned });
  }
  return bands;
}
