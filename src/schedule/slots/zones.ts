import { IANAZone } from "luxon";

/** Zones that were seen to be: to ask for one takes as long as reading ten subscriptions. */
const known = new Set<string>();

/** Whether a text names a time zone by its IANA name. */
export function isZone(name: string): boolean {
  if (known.has(name)) return true;
  if (!IANAZone.isValidZone(name)) return false;
  known.add(name);
  return true;
}
