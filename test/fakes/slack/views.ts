import { homeView, modalView } from "./blocks/views.ts";
import { problemsOf } from "./blocks/shape.ts";
import { recordOf, textOf, type Json } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { broken, refused } from "./slack-error.ts";
import { newId, type Trigger, type View, type World } from "./world.ts";

/** Refuses a view that breaks a rule: `invalid_arguments`, as Slack says for views. */
export function checkView(world: World, content: Json, kind: View["kind"], self?: View): void {
  const problems = problemsOf(kind === "modal" ? modalView : homeView, content, "/view");
  if (problems.length > 0) throw broken("invalid_arguments", problems);
  if (Buffer.byteLength(JSON.stringify(content)) > LIMITS.viewBytes) throw broken("view_too_large");
  const external = textOf(content["external_id"]);
  const twin = [...world.views.values()].find(
    (one) => one !== self && one.open && external !== "" && one.content["external_id"] === external,
  );
  if (twin !== undefined) throw broken("duplicate_external_id");
}

/** Uses up a trigger: 3 seconds, once. */
export function takeTrigger(world: World, teamId: string, id: unknown): Trigger {
  if (id === undefined) throw broken("invalid_arguments", ["[ERROR] missing required field: trigger_id"]);
  const trigger = world.triggers.get(textOf(id));
  if (trigger === undefined || trigger.teamId !== teamId) throw broken("invalid_trigger_id");
  if (trigger.used) throw broken("exchanged_trigger_id");
  if (world.clock.now() - trigger.createdAt > LIMITS.triggerLifeMs) throw broken("expired_trigger_id");
  trigger.used = true;
  return trigger;
}

/** Opens a modal, on top of another where one is given. */
export function openView(world: World, trigger: Trigger, content: Json, below?: View): View {
  const id = newId("V");
  const view: View = {
    id,
    kind: "modal",
    teamId: trigger.teamId,
    user: trigger.user,
    rootId: below?.rootId ?? id,
    previousId: below?.id,
    exchangeId: trigger.exchangeId,
    content,
    hash: newHash(world),
    open: true,
    updates: 0,
  };
  world.views.set(id, view);
  world.watch.changed();
  return view;
}

/** Refuses a fourth view on a stack. */
export function checkStack(world: World, below: View): void {
  const stack = [...world.views.values()].filter((one) => one.open && one.rootId === below.rootId);
  if (stack.length >= LIMITS.viewStack) throw broken("push_limit_reached");
}

/** Puts new content into a view; a stale `hash` is refused. */
export function updateView(world: World, view: View, content: Json, hash?: unknown): void {
  if (hash !== undefined && hash !== view.hash) throw refused("hash_conflict");
  view.content = content;
  view.hash = newHash(world);
  view.updates++;
  world.watch.changed();
}

/** Sets someone's Home tab. */
export function publishHome(world: World, at: { teamId: string; user: string }, args: Json): View {
  const content = recordOf(args["view"]);
  const known = homeOf(world, at.user);
  checkView(world, content, "home", known);
  if (known !== undefined) {
    updateView(world, known, content, args["hash"]);
    return known;
  }
  if (args["hash"] !== undefined) throw refused("hash_conflict");
  const id = newId("V");
  const nothing = { previousId: undefined, exchangeId: undefined };
  const view: View = {
    id,
    kind: "home",
    ...at,
    rootId: id,
    ...nothing,
    content,
    hash: newHash(world),
    open: true,
    updates: 0,
  };
  world.views.set(id, view);
  world.watch.changed();
  return view;
}

/** Someone's Home tab, once the app published one. */
export function homeOf(world: World, user: string): View | undefined {
  return [...world.views.values()].find((view) => view.kind === "home" && view.user === user);
}

function newHash(world: World): string {
  return `${Math.floor(world.clock.now() / 1000)}.${newId("h").slice(1, 9)}`;
}
