import type { Name } from "../../search/names/name-index.ts";

/**
 * What people write for a zone that does not say which: an abbreviation is used by several countries, or holds in
 * summer or winter only. Each with the places most people mean.
 */
export const AMBIGUOUS_ZONES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    cet: ["Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Africa/Algiers"],
    cest: ["Europe/Berlin", "Europe/Paris", "Europe/Madrid"],
    met: ["Europe/Berlin", "Europe/Paris"],
    eet: ["Europe/Helsinki", "Europe/Athens", "Africa/Cairo"],
    eest: ["Europe/Helsinki", "Europe/Athens"],
    wet: ["Europe/Lisbon", "Atlantic/Canary"],
    west: ["Europe/Lisbon", "Atlantic/Canary"],
    bst: ["Europe/London", "Asia/Dhaka"],
    ist: ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"],
    msk: ["Europe/Moscow"],
    est: ["America/New_York", "America/Panama", "Australia/Sydney"],
    edt: ["America/New_York", "America/Toronto"],
    et: ["America/New_York", "America/Toronto"],
    cst: ["America/Chicago", "America/Mexico_City", "Asia/Shanghai"],
    cdt: ["America/Chicago", "America/Winnipeg"],
    ct: ["America/Chicago", "America/Winnipeg"],
    mst: ["America/Denver", "America/Phoenix"],
    mdt: ["America/Denver", "America/Edmonton"],
    mt: ["America/Denver", "America/Phoenix"],
    pst: ["America/Los_Angeles", "America/Vancouver", "Asia/Manila"],
    pdt: ["America/Los_Angeles", "America/Vancouver"],
    pt: ["America/Los_Angeles", "America/Vancouver"],
    jst: ["Asia/Tokyo"],
    kst: ["Asia/Seoul"],
    sgt: ["Asia/Singapore"],
    hkt: ["Asia/Hong_Kong"],
    aest: ["Australia/Sydney", "Australia/Brisbane"],
    aedt: ["Australia/Sydney", "Australia/Melbourne"],
    nzst: ["Pacific/Auckland"],
    nzdt: ["Pacific/Auckland"],
    brt: ["America/Sao_Paulo"],
  }),
);

/** Cities and countries without a zone of their name that many research groups live in. */
export const ZONES_OF_PLACES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    "san francisco": ["America/Los_Angeles"],
    "palo alto": ["America/Los_Angeles"],
    stanford: ["America/Los_Angeles"],
    berkeley: ["America/Los_Angeles"],
    seattle: ["America/Los_Angeles"],
    california: ["America/Los_Angeles"],
    boston: ["America/New_York"],
    cambridge: ["Europe/London", "America/New_York"],
    princeton: ["America/New_York"],
    pittsburgh: ["America/New_York"],
    washington: ["America/New_York"],
    montreal: ["America/Toronto"],
    munich: ["Europe/Berlin"],
    tübingen: ["Europe/Berlin"],
    germany: ["Europe/Berlin"],
    france: ["Europe/Paris"],
    uk: ["Europe/London"],
    england: ["Europe/London"],
    oxford: ["Europe/London"],
    edinburgh: ["Europe/London"],
    geneva: ["Europe/Zurich"],
    switzerland: ["Europe/Zurich"],
    beijing: ["Asia/Shanghai"],
    shenzhen: ["Asia/Shanghai"],
    hangzhou: ["Asia/Shanghai"],
    china: ["Asia/Shanghai"],
    bangalore: ["Asia/Kolkata"],
    delhi: ["Asia/Kolkata"],
    mumbai: ["Asia/Kolkata"],
    india: ["Asia/Kolkata"],
    japan: ["Asia/Tokyo"],
    korea: ["Asia/Seoul"],
    israel: ["Asia/Jerusalem"],
    "tel aviv": ["Asia/Jerusalem"],
  }),
);

/** All time zones by name, with the places and abbreviations by which people know them. */
export function zoneNames(): readonly Name[] {
  const also = new Map<string, string[]>([
    ["UTC", ["gmt", "z"]],
    ...Intl.supportedValuesOf("timeZone").map((zone): [string, string[]] => [zone, []]),
  ]);
  for (const [said, zones] of [...AMBIGUOUS_ZONES, ...ZONES_OF_PLACES])
    for (const zone of zones) also.set(zone, [...(also.get(zone) ?? []), said]);
  return [...also].map(([name, words]) => ({ name, also: words }));
}
