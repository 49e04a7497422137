import type { IShardingStrategy, WebSocketOptions } from "discord.js";
import { GatewayOpcodes, SimpleShardingStrategy } from "discord.js";

type Manager = Parameters<NonNullable<WebSocketOptions["buildStrategy"]>>[0];

const textAt = (data: unknown, name: string): boolean =>
  typeof data === "object" && data !== null && typeof Reflect.get(data, name) === "string";

/** What data a frame must have by its kind, as far as discord.js relies on it (docs.discord.com/developers/events/gateway-events). */
function hasData(op: unknown, event: unknown, data: unknown): boolean {
  if (op === GatewayOpcodes.Hello)
    return typeof data === "object" && data !== null && Number(Reflect.get(data, "heartbeat_interval")) > 0;
  if (op === GatewayOpcodes.InvalidSession) return typeof data === "boolean";
  if (op !== GatewayOpcodes.Dispatch) return typeof op === "number";
  if (typeof event !== "string") return false;
  return event !== "READY" || (textAt(data, "session_id") && textAt(data, "resume_gateway_url"));
}

function isFrame(payload: unknown): boolean {
  if (typeof payload !== "object" || payload === null) return false;
  const [op, event, data] = ["op", "t", "d"].map((name) => Reflect.get(payload, name) as unknown);
  return hasData(op, event, data);
}

type Unpack = (data: unknown, isBinary: boolean) => Promise<unknown>;

/** Lets only frames through that are Discord's; `strange` is told of the others. */
function checkShard(shard: object, strange: () => void): void {
  const unpack = (Reflect.get(shard, "unpackMessage") as Unpack).bind(shard);
  const checked: Unpack = async (data, isBinary) => {
    const payload = await unpack(data, isBinary).catch(() => null);
    if (isFrame(payload)) return payload;
    strange();
    return null;
  };
  Reflect.set(shard, "unpackMessage", checked);
}

/**
 * Keeps frames that are not Discord's from discord.js, whose process ends over those that lack their data
 * (@discordjs/ws 1.2.3, WebSocketShard.onMessage). It has no other door to what a connection says.
 */
export function checkFrames(manager: Manager, strange: () => void): IShardingStrategy {
  const strategy = new SimpleShardingStrategy(manager);
  const spawn = strategy.spawn.bind(strategy);
  strategy.spawn = async (ids) => {
    await spawn(ids);
    const shards = Reflect.get(strategy, "shards") as ReadonlyMap<number, object>;
    for (const shard of shards.values()) checkShard(shard, strange);
  };
  return strategy;
}
