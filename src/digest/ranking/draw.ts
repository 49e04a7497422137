import type { PaperId } from "../../corpus/paper.ts";
import type { LocalDate } from "../../schedule/slots/local-date.ts";
import type { Place } from "../../schedule/place.ts";
import { placeKey } from "../../schedule/place.ts";

/** FNV-1a, without its last step: a text goes on from the hash of what stands before it. */
function goOn(hash: number, text: string): number {
  let h = hash;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}

/** The last mixing step of MurmurHash3. */
function mix(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number of 32 bits for each paper; the lowest wins. */
export type Draw = (id: PaperId) => number;

/** The draw of a place and day: spread evenly, the same everywhere, and fast for a whole corpus. */
export function createDraw(place: Place, date: LocalDate): Draw {
  const begun = goOn(0x811c9dc5, `${placeKey(place)}\n${date}\n`);
  return (id) => mix(goOn(begun, id));
}
