import { sayPresent } from "../../../src/files/process-marks.ts";
import type { Settings } from "../settings.ts";
import { now } from "../surroundings.ts";

/** Says in the state folder that this program serves from it; what it gives takes that back. */
export function sayServing(
  { library, discord, slack, web }: Settings,
  version: string,
): Promise<() => Promise<void>> {
  const serves = [
    ...(discord === undefined ? [] : ["discord"]),
    ...(slack === undefined ? [] : ["slack"]),
    ...(web === undefined ? [] : ["web"]),
  ];
  return sayPresent(library.state, { since: now().toISOString(), version, serves });
}
