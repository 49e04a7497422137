import type { Courier as ScheduleCourier, Parcel as ScheduleParcel } from "../schedule/courier.ts";
import type { Edition } from "./edition.ts";

/** What brings digests to a platform. */
export type Courier = ScheduleCourier<Edition>;

/** A message of a digest. */
export type Parcel = ScheduleParcel<Edition>;
