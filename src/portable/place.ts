import type { ClubPlan } from "../club/club.ts";
import type { PortableDigest } from "../digest/portable/decide-import.ts";
import type { FollowPlan } from "../follow/follow.ts";
import type { Place } from "../schedule/place.ts";

/** A follow of a channel as a file of settings has it. */
export interface PortableFollow {
  readonly plan: Omit<FollowPlan, "since">;
  readonly paused: boolean;
  /** Where it stands in the file, for messages: `line 12`. */
  readonly at: string;
}

/** A paper of a list, by its id; the title is for where that is not known. */
export interface PortablePaper {
  readonly id: string;
  readonly title?: string;
  readonly at: string;
}

/** A list that a channel shares, without who saved what and how it was marked: that is people's. */
export interface PortableList {
  readonly name: string;
  /** What two spellings of the name share. */
  readonly key: string;
  readonly papers: readonly PortablePaper[];
  readonly at: string;
}

/** When a journal club meets, without what was nominated and by whom. */
export interface PortableClub {
  readonly plan: ClubPlan;
  readonly at: string;
}

/** The settings of one channel, as a file has them. */
export interface PortablePlace {
  readonly place: Place;
  /** The zone of its server, for what is new. */
  readonly zone?: string;
  readonly digests: readonly PortableDigest[];
  readonly follows: readonly PortableFollow[];
  readonly lists: readonly PortableList[];
  readonly club?: PortableClub;
}

/** What an import does about one thing of a file, and in words what and how. `refused` keeps all of its place from coming. */
export interface Step {
  readonly kind: "new" | "changed" | "same" | "kept" | "left out" | "refused";
  readonly what: string;
}
