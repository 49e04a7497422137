import { close } from "./acks.ts";
import { ClientRefusal, controlsOf, findButton, findChoice, type Control } from "./controls.ts";
import { newTrigger, type Stage } from "./courier.ts";
import type { Exchange } from "./exchange.ts";
import { recordsOf, textOf, type Json } from "./json.ts";
import { about, interact, messagePart, responseUrl, viewPart } from "./interaction-payload.ts";
import { checkFilled, stateOf, type FilledIn } from "./state.ts";
import type { Forgery } from "./transport.ts";
import { messageJson, viewJson } from "./wire.ts";
import { newTs, type Channel, type Message, type Person, type View } from "./world.ts";

/** Who acts; `forge` makes it a request that did not come from Slack. */
interface Acting {
  readonly user: Person;
  readonly forge?: Forgery;
}

/** What people do with the app's buttons, menus, shortcuts and modals. */
export interface Interactions {
  messageShortcut(
    act: Acting & { message: Message; callbackId: string; channel?: Channel },
  ): Promise<Exchange>;
  globalShortcut(act: Acting & { callbackId: string }): Promise<Exchange>;
  /** Presses the button with this text or action id. */
  press(on: Message | View, act: Acting & { button: string }): Promise<Exchange>;
  /** Chooses by an option's text or value; `action` tells which menu where several offer it. */
  choose(
    on: Message | View,
    act: Acting & { option: string | readonly string[]; action?: string },
  ): Promise<Exchange>;
  /** Submits a modal; values by label, block id, action id or `block/action`. */
  submit(view: View, act?: Partial<Acting> & { values?: FilledIn }): Promise<Exchange>;
  /** Closes a modal; undefined where the app did not ask to be told. */
  dismiss(view: View, act?: Partial<Acting>): Promise<Exchange | undefined>;
}

/** Interactions of one fake Slack. */
export function createInteractions(stage: Stage): Interactions {
  return {
    messageShortcut: (act) => messageShortcut(stage, act),
    globalShortcut: ({ user, callbackId, forge }) =>
      interact(stage, { user, forge, label: callbackId }, (id) => ({
        type: "shortcut",
        callback_id: callbackId,
        action_ts: newTs(stage.world),
        trigger_id: newTrigger(stage.world, about(user, id)),
      })),
    press: (on, { button, ...act }) => {
      const { blockId, element } = findButton(blocksOf(on), button);
      const { type, text, value, url } = element;
      const said = {
        type,
        text,
        ...(value === undefined ? {} : { value }),
        ...(url === undefined ? {} : { url }),
      };
      return blockAction(stage, on, {
        ...act,
        blockId,
        action: { action_id: element["action_id"], ...said },
      });
    },
    choose: (on, { option, action, ...act }) => {
      const { control, chosen } = chosenOf(blocksOf(on), [option].flat(), action);
      return blockAction(stage, on, { ...act, blockId: control.blockId, action: chosen });
    },
    submit: (view, act = {}) => submit(stage, view, act),
    dismiss: (view, act = {}) => closeView(stage, view, act),
  };
}

/** The id pickers take any id; the other menus one of their options. */
function chosenOf(
  blocks: readonly Json[],
  wanted: readonly string[],
  action: string | undefined,
): { control: Control; chosen: Json } {
  const picker = controlsOf(blocks).find(
    ({ element }) =>
      element["action_id"] === action &&
      /^(users|channels|conversations)_select$/.test(textOf(element["type"])),
  );
  if (picker !== undefined) {
    const type = textOf(picker.element["type"]);
    const key = `selected_${type.split("s_")[0]}`;
    return { control: picker, chosen: { type, action_id: picker.element["action_id"], [key]: wanted[0] } };
  }
  const { control, options } = findChoice(blocks, wanted, action);
  const type = textOf(control.element["type"]);
  const several = type === "checkboxes" || type.startsWith("multi_");
  const selected = several ? { selected_options: options } : { selected_option: options[0] };
  return { control, chosen: { type, action_id: control.element["action_id"], ...selected } };
}

function isView(on: Message | View): on is View {
  return "content" in on;
}

function blocksOf(on: Message | View): readonly Json[] {
  if (isView(on)) {
    if (!on.open) throw new ClientRefusal("The view is closed");
    return recordsOf(on.content["blocks"]);
  }
  if (on.deleted) throw new ClientRefusal("The message was deleted");
  return on.blocks;
}

function messageShortcut(
  stage: Stage,
  { user, message, callbackId, forge }: Parameters<Interactions["messageShortcut"]>[0],
): Promise<Exchange> {
  const { world } = stage;
  const { channel } = message;
  return interact(stage, { user, forge, channel, label: callbackId }, (exchangeId) => ({
    type: "message_action",
    callback_id: callbackId,
    action_ts: newTs(world),
    trigger_id: newTrigger(world, about(user, exchangeId)),
    response_url: responseUrl(stage, { exchangeId, channel, user: user.id, source: undefined }),
    message_ts: message.ts,
    channel: { id: channel.id, name: channel.name },
    message: messageJson(world, message),
  }));
}

interface Action {
  readonly user: Person;
  readonly forge?: Forgery;
  readonly blockId: string;
  readonly action: Json;
}

function blockAction(stage: Stage, on: Message | View, act: Action): Promise<Exchange> {
  const { world } = stage;
  const { user, forge, blockId } = act;
  const label = textOf(act.action["action_id"]);
  const actions = [{ ...act.action, block_id: blockId, action_ts: newTs(world) }];
  const channel = isView(on) ? {} : { channel: on.channel };
  return interact(stage, { user, forge, label, ...channel }, (exchangeId) => ({
    type: "block_actions",
    trigger_id: newTrigger(
      world,
      about(user, exchangeId, isView(on) && on.kind === "modal" ? on : undefined),
    ),
    actions,
    ...(isView(on) ? viewPart(stage, on) : messagePart(stage, on, { user: user.id, exchangeId })),
  }));
}

async function submit(
  stage: Stage,
  view: View,
  { user, values = {}, forge }: Partial<Acting> & { values?: FilledIn },
): Promise<Exchange> {
  const { world } = stage;
  const controls = controlsOf(blocksOf(view));
  const state = stateOf(controls, values);
  checkFilled(controls, state);
  const person = user ?? personOf(stage, view);
  const label = `submission of ${textOf(view.content["callback_id"]) || view.id}`;
  return interact(stage, { user: person, forge, label, submitted: view }, (id) => ({
    type: "view_submission",
    trigger_id: newTrigger(world, about(person, id, view)),
    view: viewJson(world, view, state),
    response_urls: [],
  }));
}

async function closeView(
  stage: Stage,
  view: View,
  { user, forge }: Partial<Acting>,
): Promise<Exchange | undefined> {
  blocksOf(view);
  close(stage.world, view);
  if (view.content["notify_on_close"] !== true) return undefined;
  const label = `closing of ${textOf(view.content["callback_id"]) || view.id}`;
  return interact(stage, { user: user ?? personOf(stage, view), forge, label }, () => ({
    type: "view_closed",
    view: viewJson(stage.world, view),
    is_cleared: false,
  }));
}

function personOf({ world }: Stage, view: View): Person {
  const person = world.people.get(view.user);
  if (person === undefined) throw new Error(`There is no person ${view.user}`);
  return person;
}
