import { Routes } from "discord.js";
import { describe, expect, test } from "vitest";
import { fakeDiscord, refusal, restOf } from "./connect.ts";

const x = (count: number): string => "x".repeat(count);
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

const slash = (more: object = {}) => ({ name: "ask", description: "d", ...more });
const option = (more: object = {}) => ({ type: 3, name: "o", description: "d", ...more });
const withOptions = (...options: object[]) => slash({ options });
const choice = (at: number) => ({ name: `n${at}`, value: `v${at}` });
const sub = (name: string, ...options: object[]) => ({ type: 1, name, description: "d", options });
const group = (name: string, ...options: object[]) => ({ type: 2, name, description: "d", options });

/** A command of so many characters, near 8000: 7663 in three full options and the rest in a fourth. */
function sized(characters: number): object {
  const full = (at: number) => ({ name: `${x(98)}${at + 10}`, value: `${at + 10}` });
  const options = times(3, (at) => option({ name: `o${at}`, choices: times(25, full) }));
  const three = times(3, (at) => ({ name: `${x(99)}${at}`, value: `v${at}` }));
  const description = x(characters - 7663 - 2 - 306);
  return slash({ options: [...options, option({ name: "o3", description, choices: three })] });
}

const entry = (name: string) => ({ name, type: 4, handler: 1 });

const REFUSED: readonly [title: string, command: object, error: string][] = [
  ["an upper-case name", slash({ name: "Ask" }), "APPLICATION_COMMAND_INVALID_NAME"],
  ["a name with a space", slash({ name: "ask me" }), "APPLICATION_COMMAND_INVALID_NAME"],
  ["a name over 32", slash({ name: x(33) }), "BASE_TYPE_BAD_LENGTH"],
  ["no description", { name: "ask" }, "BASE_TYPE_REQUIRED"],
  ["an empty description", slash({ description: "" }), "BASE_TYPE_REQUIRED"],
  ["a description over 100", slash({ description: x(101) }), "BASE_TYPE_BAD_LENGTH"],
  ["a description on a message command", { name: "Find", type: 3, description: "d" }, "BASE_TYPE_CHOICES"],
  ["options on a message command", { name: "Find", type: 3, options: [option()] }, "BASE_TYPE_MAX_LENGTH"],
  ["a misspelt property", slash({ defaultMemberPermissions: "0" }), "UNKNOWN_PROPERTY"],
  [
    "permissions that are no digits",
    slash({ default_member_permissions: "ManageGuild" }),
    "NUMBER_TYPE_COERCE",
  ],
  ["an unknown locale", slash({ name_localizations: { klingon: "x" } }), "BASE_TYPE_CHOICES"],
  ["a localized name over 32", slash({ name_localizations: { de: x(33) } }), "BASE_TYPE_BAD_LENGTH"],
  ["an unknown context", slash({ contexts: [3] }), "BASE_TYPE_CHOICES"],
  ["a context twice", slash({ contexts: [0, 0] }), "SET_TYPE_ALREADY_CONTAINS_VALUE"],
  ["26 options", withOptions(...times(26, (at) => option({ name: `o${at}` }))), "BASE_TYPE_MAX_LENGTH"],
  [
    "an option name in upper case",
    withOptions(option({ name: "Query" })),
    "APPLICATION_COMMAND_INVALID_NAME",
  ],
  ["an option without description", withOptions({ type: 3, name: "o" }), "BASE_TYPE_REQUIRED"],
  [
    "an option name twice",
    withOptions(option(), option()),
    "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
  ],
  [
    "a required option after an optional one",
    withOptions(option({ name: "a" }), option({ name: "b", required: true })),
    "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
  ],
  [
    "a required option after an optional one in a subcommand",
    withOptions(sub("s", option({ name: "a" }), option({ name: "b", required: true }))),
    "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
  ],
  [
    "choices together with autocomplete",
    withOptions(option({ autocomplete: true, choices: [choice(1)] })),
    "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE",
  ],
  ["26 choices", withOptions(option({ choices: times(26, choice) })), "BASE_TYPE_MAX_LENGTH"],
  [
    "a choice name over 100",
    withOptions(option({ choices: [{ name: x(101), value: "v" }] })),
    "BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a choice value over 100",
    withOptions(option({ choices: [{ name: "n", value: x(101) }] })),
    "BASE_TYPE_BAD_LENGTH",
  ],
  [
    "a choice value of the wrong type",
    withOptions(option({ type: 4, choices: [{ name: "n", value: "1" }] })),
    "NUMBER_TYPE_COERCE",
  ],
  [
    "a choice twice",
    withOptions(option({ choices: [choice(1), { name: "other", value: "v1" }] })),
    "APPLICATION_COMMAND_OPTIONS_VALUE_ALREADY_EXISTS",
  ],
  ["autocomplete of a truth value", withOptions(option({ type: 5, autocomplete: true })), "UNKNOWN_PROPERTY"],
  ["a length over 6000", withOptions(option({ max_length: 6001 })), "NUMBER_TYPE_MAX"],
  [
    "a least length over the greatest",
    withOptions(option({ min_length: 5, max_length: 4 })),
    "NUMBER_TYPE_MAX",
  ],
  ["values beside subcommands", withOptions(sub("s"), option()), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"],
  [
    "a group inside a group",
    withOptions(group("g", group("h", sub("s")))),
    "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
  ],
  [
    "a subcommand inside a subcommand",
    withOptions(sub("s", sub("t"))),
    "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
  ],
  ["26 subcommands", withOptions(...times(26, (at) => sub(`s${at}`))), "BASE_TYPE_MAX_LENGTH"],
  ["more than 8000 characters", sized(8001), "APPLICATION_COMMAND_TOO_LARGE"],
  [
    "more than 8000 characters in the longest localization",
    withOptions(
      ...times(25, (at) =>
        option({
          name: `o${at}`,
          choices: times(11, (c) => ({
            name: `n${c}`,
            value: `${c}`,
            name_localizations: { de: `${x(30)}${c}` },
          })),
        }),
      ),
    ),
    "APPLICATION_COMMAND_TOO_LARGE",
  ],
];

describe("a command is refused for", () => {
  test.for(REFUSED)("%s, alone and in a bulk overwrite", async ([, command, error]) => {
    const discord = await fakeDiscord({ openApi: false });
    const rest = restOf(discord);
    const path = Routes.applicationCommands(discord.applicationId);
    const alone = await refusal(rest.post(path, { body: command }));
    expect(alone).toMatchObject({ code: 50035, status: 400 });
    expect(alone.errors).toContain(`"${error}"`);
    const bulk = await refusal(rest.put(path, { body: [slash({ name: "fine" }), command] }));
    expect(bulk.errors).toBe(`{"1":${alone.errors}}`);
    expect(discord.violations.map(({ kind }) => kind)).toEqual(["body", "body"]);
    expect(discord.commands()).toEqual([]);
    expect(discord.commandWrites).toEqual([]);
  });
});

const many = (count: number) => times(count, (at) => slash({ name: `c${at}` }));
const menus = (count: number) => times(count, (at) => ({ name: `Menu ${at}`, type: 3 }));

describe("the registry", () => {
  test("holds 100 slash and 15 message commands and no more (30032)", async () => {
    const discord = await fakeDiscord({ openApi: false });
    const rest = restOf(discord);
    const path = Routes.applicationCommands(discord.applicationId);
    await rest.put(path, { body: [...many(100), ...menus(15)] });
    expect(discord.commands()).toHaveLength(115);
    expect(await refusal(rest.put(path, { body: many(101) }))).toMatchObject({ code: 30032 });
    expect(await refusal(rest.put(path, { body: menus(16) }))).toMatchObject({ code: 30032 });
    expect(await refusal(rest.post(path, { body: slash({ name: "more" }) }))).toMatchObject({ code: 30032 });
  });

  test("takes a command of 8000 characters, and one entry point", async () => {
    const discord = await fakeDiscord({ openApi: false });
    const path = Routes.applicationCommands(discord.applicationId);
    const put = (body: object[]) => restOf(discord).put(path, { body });
    await put([sized(8000), entry("launch")]);
    expect(await refusal(put([entry("launch"), entry("start")]))).toMatchObject({ code: 30032 });
  });

  test("refuses the same name twice, unless the types differ", async () => {
    const discord = await fakeDiscord();
    const path = Routes.applicationCommands(discord.applicationId);
    const put = (body: object[]) => restOf(discord).put(path, { body });
    expect((await refusal(put([slash(), slash()]))).errors).toContain("APPLICATION_COMMANDS_DUPLICATE_NAME");
    await put([slash(), { name: "ask", type: 3 }]);
    expect(discord.commands()).toHaveLength(2);
  });

  test("keeps global commands and those of a guild apart", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    const inGuild = Routes.applicationGuildCommands(discord.applicationId, discord.home.id);
    await rest.put(Routes.applicationCommands(discord.applicationId), { body: [slash()] });
    await rest.put(inGuild, { body: [slash({ name: "local" })] });
    expect(discord.commands().map(({ declared }) => declared["name"])).toEqual(["ask", "local"]);
    expect(discord.commands(discord.home.id)).toHaveLength(1);
    const elsewhere = discord.guild("Elsewhere", { botMember: false });
    const path = Routes.applicationGuildCommands(discord.applicationId, elsewhere.id);
    expect(await refusal(rest.put(path, { body: [] }))).toMatchObject({ code: 50001 });
  });

  test("replaces by name, edits and deletes", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    const path = Routes.applicationCommands(discord.applicationId);
    await rest.post(path, { body: slash() });
    const [first] = discord.commands();
    await rest.post(path, { body: slash({ description: "other" }) });
    const [second] = discord.commands();
    expect(second).toMatchObject({ id: first?.id, declared: { description: "other" } });
    expect(second?.version).not.toBe(first?.version);
    expect(discord.commandWrites.map(({ created }) => created)).toEqual([1, 0]);
    const own = Routes.applicationCommand(discord.applicationId, first?.id ?? "");
    await rest.patch(own, { body: { description: "third" } });
    expect(discord.commands()[0]?.declared).toEqual(slash({ description: "third" }));
    expect((await refusal(rest.patch(own, { body: { name: "No" } }))).errors).toContain("INVALID_NAME");
    await rest.delete(own);
    expect(discord.commands()).toEqual([]);
    expect(await refusal(rest.get(own))).toMatchObject({ code: 10063, status: 404 });
  });

  test("knows no other application (10002)", async () => {
    const discord = await fakeDiscord();
    const path = Routes.applicationCommands(discord.bot.id);
    expect(await refusal(restOf(discord).get(path))).toMatchObject({ code: 10002 });
  });
});
