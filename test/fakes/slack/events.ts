import { deliver, type Stage } from "./courier.ts";
import type { Exchange } from "./exchange.ts";
import { needEventGrant } from "./grants.ts";
import type { Json } from "./json.ts";
import { LIMITS } from "./limits.ts";
import type { Forgery } from "./transport.ts";
import { newId, newTs, workspaceOf, type Channel } from "./world.ts";

/** An event to be told to the app. */
interface Happening {
  readonly type: string;
  readonly teamId: string;
  readonly fields: Json;
  readonly channel?: Channel | undefined;
  readonly forgery?: Forgery | undefined;
}

interface Told {
  readonly payload: Json;
  readonly happening: Happening;
  attempts: number;
  /** When it is due again, on the fake's clock; undefined once it got through or was given up. */
  dueAt: number | undefined;
}

/** Tells events, and tells them again where they were not acknowledged: apis/events-api#retries. */
export interface Events {
  tell(happening: Happening): Promise<Exchange>;
  /** Delivers a known event again, with the same id. */
  retry(eventId: string): Promise<Exchange>;
  /** Starts the retries that are due by now. */
  flush(): void;
  /** Deliveries again of each event, in order. */
  readonly retries: Exchange[];
}

/** Events of one fake Slack. */
export function createEvents(stage: Stage): Events {
  const told = new Map<string, Told>();
  const retries: Exchange[] = [];
  const again = async (eventId: string, one: Told): Promise<Exchange> => {
    one.attempts++;
    const exchange = await attempt(stage, eventId, one);
    retries.push(exchange);
    stage.world.watch.changed();
    return exchange;
  };
  const flush = (): void => {
    for (const [eventId, one] of told) {
      if (one.dueAt !== undefined && one.dueAt <= stage.world.clock.now()) void again(eventId, one);
    }
  };
  return {
    retries,
    flush,
    tell: async (happening) => {
      needEventGrant(stage.world, happening.teamId, happening);
      const eventId = newId("Ev");
      const one: Told = {
        payload: eventJson(stage, eventId, happening),
        happening,
        attempts: 0,
        dueAt: undefined,
      };
      told.set(eventId, one);
      const exchange = await attempt(stage, eventId, one);
      // Where nobody listens, the event waits for the next connection.
      if (exchange.failure !== "not_connected") flush();
      return exchange;
    },
    retry: (eventId) => {
      const one = told.get(eventId);
      if (one === undefined) throw new Error(`There was no event ${eventId}`);
      return again(eventId, one);
    },
  };
}

/** Delivers an event once, and sees to it that it is told again where it did not get through. */
async function attempt(stage: Stage, eventId: string, one: Told): Promise<Exchange> {
  const { happening, payload, attempts } = one;
  const { forgery, channel, type: label } = happening;
  one.dueAt = undefined;
  const exchange = await deliver(stage, {
    id: newId("x"),
    eventId,
    kind: "events_api",
    payload,
    label,
    acceptsPayload: false,
    channel,
    ...(forgery === undefined ? {} : { forgery }),
    ...(attempts === 0 ? {} : { retry: { attempt: attempts, reason: "timeout" } }),
  });
  if (!exchange.acknowledged && forgery === undefined && !exchange.refusesRetries) schedule(stage, one);
  return exchange;
}

/** After the third retry Slack gives up. */
function schedule({ world }: Stage, one: Told): void {
  const wait = LIMITS.retryDelaysMs[one.attempts];
  one.dueAt = wait === undefined ? undefined : world.clock.now() + wait;
}

/** The envelope of the Events API: apis/events-api#callback-field. */
function eventJson({ world }: Stage, eventId: string, { type, teamId, fields }: Happening): Json {
  const { botUser } = workspaceOf(world, teamId);
  return {
    token: world.app.token,
    team_id: teamId,
    context_team_id: teamId,
    context_enterprise_id: null,
    api_app_id: world.app.id,
    event: { type, event_ts: newTs(world), ...fields },
    type: "event_callback",
    event_id: eventId,
    event_time: Math.floor(world.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: teamId,
        user_id: botUser.id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${eventId}`,
  };
}
