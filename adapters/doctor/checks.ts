import {
  clubs,
  database,
  digests,
  engine,
  follows,
  papers,
  sharing,
  sources,
  waiting,
} from "./checks/kept.ts";
import { folder, locks, presence, versions } from "./checks/machine.ts";
import { channels, clock, platforms, servers } from "./checks/network.ts";
import { settings } from "./checks/settings.ts";
import type { Check } from "./patient.ts";

/** All that is looked at, in the order in which it is told. What is of one area stands together. */
export const checks: readonly Check[] = [
  versions,
  presence,
  settings,
  folder,
  database,
  sharing,
  locks,
  engine,
  papers,
  servers,
  sources,
  platforms,
  channels,
  digests,
  follows,
  clubs,
  waiting,
  clock,
];
