import { Events, Routes, type Interaction } from "discord.js";
import { describe, expect, test } from "vitest";
import { connected, fakeDiscord, restOf } from "./connect.ts";
import { ClientRefusal, type FakeDiscord } from "./index.ts";

const COMMANDS = [
  {
    name: "paper",
    description: "d",
    options: [
      {
        type: 1,
        name: "search",
        description: "d",
        options: [
          { type: 3, name: "query", description: "d", required: true, min_length: 2, max_length: 5 },
          { type: 4, name: "count", description: "d", min_value: 1, max_value: 9 },
          { type: 3, name: "sort", description: "d", choices: [{ name: "New", value: "new" }] },
          { type: 5, name: "mine", description: "d" },
          { type: 10, name: "score", description: "d" },
          { type: 7, name: "where", description: "d" },
          { type: 6, name: "who", description: "d" },
        ],
      },
    ],
  },
  { name: "setup", description: "d", default_member_permissions: "32", contexts: [0] },
  { name: "admin", description: "d", default_member_permissions: "0" },
  { name: "own", description: "d", integration_types: [1], contexts: [0, 1, 2] },
  { name: "Save", type: 3 },
  { name: "Who", type: 2 },
];

const button = (custom_id: string, disabled: boolean) => ({
  type: 2,
  style: 1,
  label: "b",
  custom_id,
  disabled,
});

async function withCommands(): Promise<FakeDiscord> {
  const discord = await fakeDiscord();
  await restOf(discord).put(Routes.applicationCommands(discord.applicationId), { body: COMMANDS });
  return discord;
}

/** The interaction that reaches the app when somebody acts. */
async function received(act: (discord: FakeDiscord) => void): Promise<[Interaction, FakeDiscord]> {
  const discord = await withCommands();
  const client = await connected(discord);
  const arrival = new Promise<Interaction>((resolve) => client.once(Events.InteractionCreate, resolve));
  act(discord);
  return [await arrival, discord];
}

describe("a person cannot", () => {
  test.for([
    ["run an unknown command", "nothing", {}, /No command/],
    ["run a command that has subcommands", "paper", {}, /subcommands/],
    ["run an unknown subcommand", "paper find", {}, /no subcommand/],
    ["leave a required option out", "paper search", {}, /required/],
    ["fill in an unknown option", "paper search", { query: "abc", colour: "red" }, /No option/],
    ["write too little", "paper search", { query: "a" }, /not between/],
    ["write too much", "paper search", { query: "abcdef" }, /not between/],
    ["write a number into text", "paper search", { query: 5 }, /text/],
    ["write text into a number", "paper search", { query: "abc", count: "5" }, /whole number/],
    ["write a fraction into a whole number", "paper search", { query: "abc", count: 1.5 }, /whole number/],
    ["go beyond the bounds", "paper search", { query: "abc", count: 10 }, /not between/],
    ["choose what is not offered", "paper search", { query: "abc", sort: "old" }, /choices/],
    ["write text into a truth value", "paper search", { query: "abc", mine: "yes" }, /true or false/],
    ["write text into a score", "paper search", { query: "abc", score: "high" }, /number/],
    ["name an unknown channel", "paper search", { query: "abc", where: "1" }, /No such/],
    ["run what needs a permission they lack", "setup", {}, /permissions/],
    ["run what only administrators may", "admin", {}, /permissions/],
    ["run what is installed to others", "own", {}, /not installed/],
  ] as const)("%s", async ([, typed, values, message]) => {
    const discord = await withCommands();
    const act = () => discord.user("ada").command(typed, values);
    expect(act).toThrow(ClientRefusal);
    expect(act).toThrow(message);
  });

  test("run a command where its contexts or its installation do not reach", async () => {
    const discord = await withCommands();
    const ada = discord.user("ada", { permissions: ["Administrator"], hasApp: true });
    const group = discord.groupDm("friends");
    const foreign = discord.channel("talk", { guild: discord.guild("Foreign", { botMember: false }) });
    expect(() => ada.command("setup", {}, { channel: ada.dm })).toThrow(/context 1/);
    expect(() => ada.command("admin", {}, { channel: group })).toThrow(/context 2/);
    expect(() => ada.command("admin", {}, { channel: foreign })).toThrow(/not installed/);
    for (const channel of [discord.general, ada.dm, group, foreign]) ada.command("own", {}, { channel });
    for (const name of ["setup", "admin"]) ada.command(name);
  });

  test("run any command without that permission", async () => {
    const discord = await withCommands();
    const bob = discord.user("bob", { permissions: ["ViewChannel"] });
    expect(() => bob.command("paper search", { query: "abc" })).toThrow(/application commands/);
  });

  test("complete an option that has no autocomplete", async () => {
    const discord = await withCommands();
    expect(() => discord.user("ada").autocomplete("paper search", { query: "a" })).toThrow(/autocomplete/);
  });

  test("use components that are missing, disabled, of another kind or on what they do not see", async () => {
    const discord = await withCommands();
    const rest = restOf(discord);
    const ada = discord.user("ada");
    const handle = ada.command("paper search", { query: "abc" });
    const { id, token } = handle.interaction;
    const options = [{ label: "a", value: "a" }];
    const components = [
      { type: 1, components: [button("on", false), button("off", true)] },
      { type: 1, components: [{ type: 3, custom_id: "pick", options }] },
    ];
    const body = { type: 4, data: { content: "c", flags: 64, components } };
    await rest.post(Routes.interactionCallback(id, token), { body, auth: false });
    const { message } = handle;
    if (message === undefined) throw new Error("no message");
    expect(() => ada.click(message, "gone")).toThrow(/there are: on, off, pick/);
    expect(() => ada.click(message, "off")).toThrow(/disabled/);
    expect(() => ada.click(message, "pick")).toThrow(/type 3/);
    expect(() => ada.select(message, "pick", ["b"])).toThrow(/not offered/);
    expect(() => ada.select(message, "pick", [])).toThrow(/Between 1 and 1/);
    expect(() => discord.user("bob").click(message, "on")).toThrow(/does not see/);
    expect(() => discord.user("bob").messageCommand("Save", message)).toThrow(/does not see/);
    await rest.delete(Routes.webhookMessage(discord.applicationId, token, "@original"), { auth: false });
    expect(() => ada.click(message, "on")).toThrow(/deleted/);
  });

  test("submit a modal that is not open", async () => {
    const discord = await withCommands();
    const ada = discord.user("ada");
    expect(() => ada.submitModal(ada.command("paper search", { query: "abc" }))).toThrow(/No modal/);
  });
});

describe("an interaction reaches the app", () => {
  test("from a server with everything the real one carries", async () => {
    const [interaction, discord] = await received((one) => {
      const ada = one.user("ada", { locale: "de", permissions: ["UseApplicationCommands", "ManageGuild"] });
      ada.command("paper search", { query: "abc", where: one.general.id, who: one.user("bob").id });
    });
    if (!interaction.isChatInputCommand()) throw new Error("no command");
    expect(interaction.locale).toBe("de");
    expect(interaction.context).toBe(0);
    expect(interaction.guildId).toBe(discord.home.id);
    expect(interaction.guild?.name).toBe("Home");
    expect(interaction.memberPermissions?.has("ManageGuild")).toBe(true);
    expect(interaction.appPermissions.has("SendMessages")).toBe(true);
    expect(interaction.authorizingIntegrationOwners).toMatchObject({ 0: discord.home.id });
    expect(interaction.attachmentSizeLimit).toBe(10_485_760);
    expect(interaction.entitlements.size).toBe(0);
    expect(interaction.options.getSubcommand()).toBe("search");
    expect(interaction.options.getChannel("where")?.id).toBe(discord.general.id);
    expect(interaction.options.getUser("who")?.username).toBe("bob");
  });

  test("from direct messages without a member", async () => {
    const [interaction] = await received((discord) => {
      const ada = discord.user("ada");
      ada.command("paper search", { query: "abc" }, { channel: ada.dm });
    });
    expect([interaction.context, interaction.guildId, interaction.member]).toEqual([1, null, null]);
    expect(interaction.user.username).toBe("ada");
  });

  test("from a server where the bot is no member", async () => {
    const [interaction, discord] = await received((one) => {
      const guild = one.guild("Foreign", { botMember: false });
      one.user("ada", { hasApp: true }).command("own", {}, { channel: one.channel("talk", { guild }) });
    });
    expect(interaction.guildId).not.toBeNull();
    expect(interaction.guild).toBeNull();
    expect(interaction.authorizingIntegrationOwners).toMatchObject({ 1: discord.user("ada").id });
  });

  test("from the menu on a person", async () => {
    const [interaction] = await received((discord) => {
      discord.user("ada").userCommand("Who", discord.user("bob").user);
    });
    if (!interaction.isUserContextMenuCommand()) throw new Error("no user command");
    expect(interaction.targetUser.username).toBe("bob");
  });
});
