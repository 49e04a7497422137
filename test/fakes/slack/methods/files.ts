import type { RawAnswer } from "../faults.ts";
import { recordsOf, textOf } from "../json.ts";
import { findMessage } from "../messages.ts";
import { broken, refused } from "../slack-error.ts";
import { newId, violate, type UploadedFile, type World } from "../world.ts";
import { visibleChannel, type Method } from "./context.ts";

/** reference/methods/files.getUploadURLExternal: characters of the description of a picture. */
const ALT = 1000;

/** The first of three steps of messaging/working-with-files: the file is announced with its exact length. */
const getUploadUrl: Method = ({ world, args, workspace, origin }) => {
  const length = Number(args["length"]);
  if (!Number.isInteger(length) || length <= 0) throw broken("missing_argument");
  const alt = args["alt_txt"] === undefined ? undefined : textOf(args["alt_txt"]);
  if (alt !== undefined && alt.length > ALT) throw broken("alt_txt_too_large");
  const file: UploadedFile = {
    id: newId("F"),
    teamId: workspace.id,
    name: textOf(args["filename"]),
    length,
    alt,
    data: undefined,
    channel: undefined,
    threadTs: undefined,
  };
  world.files.push(file);
  return { upload_url: `${origin}/upload/v1/${file.id}`, file_id: file.id };
};

/** The second: its bytes, at the address that was given. */
export function takeBytes(world: World, id: string, data: Buffer): RawAnswer {
  const file = world.files.find((one) => one.id === id);
  const headers = { "content-type": "text/plain" };
  if (file === undefined || file.data !== undefined) {
    violate(world, `upload: there is no file ${id} to be sent`);
    return { status: 404, headers, body: "not found" };
  }
  if (data.length !== file.length) violate(world, `upload: ${data.length} bytes instead of ${file.length}`);
  file.data = data;
  return { status: 200, headers, body: `OK - ${data.length}` };
}

/** The third: it is shown in a conversation that the bot is in. */
const complete: Method = (context) => {
  const { world, args, workspace } = context;
  const channel = args["channel_id"] === undefined ? undefined : visibleChannel(context, args["channel_id"]);
  if (channel !== undefined && !channel.members.has(workspace.botUser.id)) throw refused("not_in_channel");
  const threadTs = args["thread_ts"] === undefined ? undefined : textOf(args["thread_ts"]);
  if (
    threadTs !== undefined &&
    (channel === undefined || findMessage(world, channel, threadTs) === undefined)
  )
    throw broken("invalid_thread_ts");
  const files = recordsOf(args["files"]).map(({ id }) => {
    const file = world.files.find((one) => one.id === id && one.teamId === workspace.id);
    if (file?.data === undefined) throw broken("file_not_found");
    return file;
  });
  if (files.length === 0) throw broken("invalid_arguments");
  for (const file of files) Object.assign(file, { channel, threadTs });
  world.watch.changed();
  return { files: files.map(({ id, name }) => ({ id, title: name })) };
};

/** `files.*`. */
export const FILES: Readonly<Record<string, Method>> = {
  "files.getUploadURLExternal": getUploadUrl,
  "files.completeUploadExternal": complete,
};
