import { applyAck } from "./acks.ts";
import { followExchange, type Exchange, type Opening } from "./exchange.ts";
import type { Envelope, Transport } from "./transport.ts";
import { newId, violate, type Channel, type Trigger, type View, type World } from "./world.ts";

/** What deliveries need besides the world. */
export interface Stage {
  readonly world: World;
  /** The way to the app as it is configured now. */
  readonly transport: () => Transport;
  /** The origin of the fake. */
  readonly origin: () => string;
  /** Where response_urls lead; undefined where interactions come without. */
  readonly responseOrigin: () => string | undefined;
  readonly deadlineMs: number;
  readonly patienceMs: number;
  /** Counts deliveries that are under way; for `idle`. */
  readonly busy: { count: number };
}

/** What is delivered, and what it is about. */
export interface Parcel extends Envelope {
  readonly id: string;
  readonly eventId?: string;
  readonly channel?: Channel | undefined;
  /** The view that was submitted. */
  readonly submitted?: View;
  /** Whether missing the deadline breaks a rule (default true). */
  readonly mustAcknowledge?: boolean;
}

/** Delivers to the app and puts its acknowledgement into effect. */
export async function deliver(stage: Stage, parcel: Parcel): Promise<Exchange> {
  const { world } = stage;
  const opening: Opening = {
    ...parcel,
    callsBefore: world.calls.length,
    messagesBefore: world.messages.length,
  };
  stage.busy.count++;
  try {
    const receipt = await stage.transport().deliver(parcel, stage.deadlineMs);
    const missed = receipt.failure === "timeout" || receipt.failure === "http_error";
    if (missed && parcel.forgery === undefined) {
      const status = receipt.status === undefined ? "" : ` ${receipt.status}`;
      violate(
        world,
        `${parcel.label}: not acknowledged within ${stage.deadlineMs} ms (${receipt.failure}${status})`,
      );
    }
    const errors = receipt.acknowledged ? applyAck(world, parcel, receipt.body) : undefined;
    return followExchange(world, opening, { receipt, errors, patienceMs: stage.patienceMs });
  } finally {
    stage.busy.count--;
    world.watch.changed();
  }
}

/** A new trigger for an interaction. */
export function newTrigger(
  world: World,
  about: Pick<Trigger, "teamId" | "user" | "exchangeId" | "view">,
): string {
  const id = `${Date.now()}.${newId("").slice(0, 8)}.${newId("").toLowerCase()}`;
  world.triggers.set(id, { ...about, id, createdAt: world.clock.now(), used: false });
  return id;
}
