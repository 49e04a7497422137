import type { App, BlockAction, webApi } from "@slack/bolt";
import { EVENT_LIFE, SHORTCUTS, SLASH_COMMAND } from "../declare.ts";
import { answerCommand } from "./commands.ts";
import { answerSaid, readMessageEvent } from "./conversations.ts";
import type { Desk } from "./desk.ts";
import { OPEN_FORM, publishHome } from "./home.ts";
import { wordsModal } from "../drawing/payload.ts";
import { listenToReactions } from "../remembering.ts";
import { answerPress } from "./presses.ts";
import { ACTIONS } from "../drawing/render.ts";
import { send } from "./respond.ts";
import { makeForm, SEARCH_FORM } from "./search-form.ts";
import { answerForm, answerMessageShortcut } from "./shortcuts.ts";
import { unfurlLinks } from "./unfurl.ts";

/** Tells the person, privately, that it went wrong. */
type Apologise = (text: string) => Promise<unknown>;

/** Begins work that was acknowledged; whatever it throws is logged, and told to the person. */
export type Begin = (
  what: string,
  work: () => Promise<void>,
  context: { readonly teamId?: string | undefined; readonly apologise?: Apologise },
) => void;

const ANY_ACTION = new RegExp(`^(${Object.values(ACTIONS).join("|")})(:|$)`);

/** What a window is opened for: it has to be within 3 seconds. */
type Opening = Pick<BlockAction, "trigger_id" | "team">;

function privately(respond: Parameters<typeof send>[0], { ended }: Desk): Apologise {
  return (text) => send(respond, { text, response_type: "ephemeral", replace_original: false }, ended);
}

/** What went wrong under a button of a modal or of the Home tab is told in a modal. */
function inView(client: webApi.WebClient, { view, trigger_id }: BlockAction): Apologise {
  return (text) =>
    view?.type === "modal"
      ? client.views.update({ view_id: view.id, view: wordsModal(text) })
      : client.views.open({ trigger_id, view: wordsModal(text) });
}

function listenToCommands(app: App, desk: Desk, begin: Begin): void {
  app.command(SLASH_COMMAND, async ({ ack, command, respond, client }) => {
    await ack();
    const context = { teamId: command.team_id, apologise: privately(respond, desk) };
    begin("A command", () => answerCommand(desk, { command, respond, client }), context);
  });
  app.shortcut({ type: "message_action", callback_id: SHORTCUTS.similar }, async (event) => {
    const { ack, shortcut, respond } = event;
    await ack();
    const context = { teamId: shortcut.team?.id, apologise: privately(respond, desk) };
    if (shortcut.type !== "message_action") return;
    begin("A message shortcut", () => answerMessageShortcut(desk, shortcut, respond), context);
  });
}

function listenToPresses(app: App, desk: Desk, begin: Begin): void {
  app.action<BlockAction>(ANY_ACTION, async ({ ack, body, respond, client }) => {
    await ack();
    if (body.actions[0]?.action_id.startsWith(ACTIONS.open) === true) return;
    const apologise =
      body.view === undefined ? privately(respond, desk) : inView(desk.apart(client, body.team?.id), body);
    const press = { body, respond, client };
    begin("A press", () => answerPress(desk, press), { teamId: body.team?.id, apologise });
  });
}

function listenToForms(app: App, desk: Desk, begin: Begin): void {
  const [search] = desk.bot.commands;
  if (search === undefined) return;
  const open = async (client: webApi.WebClient, press: Opening): Promise<void> => {
    const { trigger_id, team } = press;
    await desk.apart(client, team?.id).views.open({ trigger_id, view: makeForm(search) });
  };
  app.shortcut({ type: "shortcut", callback_id: SHORTCUTS.search }, async ({ ack, shortcut, client }) => {
    await ack();
    begin("A shortcut", () => open(client, shortcut), { teamId: shortcut.team?.id });
  });
  app.action<BlockAction>(OPEN_FORM, async ({ ack, body, client }) => {
    await ack();
    begin("A press", () => open(client, body), { teamId: body.team?.id });
  });
  app.view({ type: "view_submission", callback_id: SEARCH_FORM }, async ({ ack, body }) => {
    await ack(await answerForm(desk, body));
  });
}

/** Whether an event is new: Slack delivers one again when it doubts that it was taken. */
async function isNew({ once }: Desk, eventId: string): Promise<boolean> {
  return once.claim(`slack:event:${eventId}`, EVENT_LIFE);
}

function listenToEvents(app: App, desk: Desk, begin: Begin, unfurl: boolean): void {
  const onlyOnce = async (eventId: string, work: () => Promise<void>): Promise<void> => {
    if (await isNew(desk, eventId)) await work();
  };
  app.event("app_mention", async ({ event, body, client, context }) => {
    const { user, bot_id } = event;
    if (user === undefined || bot_id !== undefined) return;
    const said = { ...event, user, team: body.team_id };
    const apologise: Apologise = (text) => client.chat.postEphemeral({ channel: event.channel, user, text });
    const answer = () => answerSaid(desk, client, said, context.botUserId ?? "");
    begin("A mention", () => onlyOnce(body.event_id, answer), { teamId: body.team_id, apologise });
  });
  app.event("message", async ({ event, body, client, context }) => {
    const said = readMessageEvent({ ...event, team: body.team_id });
    if (said === undefined) return;
    const apologise: Apologise = (text) =>
      client.chat.postMessage({ channel: said.channel, thread_ts: said.thread_ts ?? said.ts, text });
    const answer = () => answerSaid(desk, client, said, context.botUserId ?? "");
    begin("A direct message", () => onlyOnce(body.event_id, answer), { teamId: body.team_id, apologise });
  });
  app.event("app_home_opened", async ({ event, body, client }) => {
    if (event.tab !== "home") return;
    begin("The Home tab", () => publishHome(desk, client, event.user), { teamId: body.team_id });
  });
  if (desk.channels !== undefined) listenToReactions(app, desk.channels, begin, onlyOnce);
  if (!unfurl) return;
  app.event("link_shared", async ({ event, body, client }) => {
    const answer = () => unfurlLinks(desk, client, { ...event, team: body.team_id });
    begin("A link", () => onlyOnce(body.event_id, answer), { teamId: body.team_id });
  });
}

/** Puts the bot to work in an app: acknowledges whatever comes at once, then begins to answer it. */
export function listen(app: App, desk: Desk, begin: Begin, unfurl: boolean): void {
  listenToCommands(app, desk, begin);
  listenToPresses(app, desk, begin);
  listenToForms(app, desk, begin);
  listenToEvents(app, desk, begin, unfurl);
}
