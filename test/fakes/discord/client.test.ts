import {
  ActionRowBuilder,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  ContainerBuilder,
  ContextMenuCommandBuilder,
  EmbedBuilder,
  Events,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  REST,
  Routes,
  SectionBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  ThreadAutoArchiveDuration,
  type Client,
  type Interaction,
  type Message,
} from "discord.js";
import { beforeEach, describe, expect, test } from "vitest";
import { connected, fakeDiscord, restOf } from "./connect.ts";
import { FLAGS, shownText, type FakeDiscord } from "./index.ts";

const COMMANDS = [
  new SlashCommandBuilder()
    .setName("paper")
    .setDescription("Papers")
    .addSubcommand((sub) =>
      sub
        .setName("search")
        .setDescription("Find papers")
        .addStringOption((option) =>
          option.setName("query").setDescription("Words").setRequired(true).setAutocomplete(true),
        )
        .addIntegerOption((option) => option.setName("count").setDescription("How many").setMaxValue(10)),
    ),
  new ContextMenuCommandBuilder().setName("Find similar papers").setType(ApplicationCommandType.Message),
].map((command) => command.toJSON());

async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isChatInputCommand()) {
    const query = interaction.options.getString("query", true);
    if (query === "slow") {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply({ content: "found later" });
      await interaction.followUp({ content: "and more", flags: MessageFlags.Ephemeral });
    } else if (query === "cards") {
      await interaction.reply({ components: [card()], flags: MessageFlags.IsComponentsV2 });
    } else {
      const response = await interaction.reply({ ...legacyReply(query), withResponse: true });
      await interaction.followUp(`id ${response.resource?.message?.id ?? "none"}`);
    }
  } else if (interaction.isAutocomplete()) {
    await interaction.respond([{ name: `${interaction.options.getFocused()}…`, value: "transformer" }]);
  } else if (interaction.isMessageContextMenuCommand()) {
    await interaction.reply({ content: `like: ${interaction.targetMessage.content}` });
  } else if (interaction.isButton() && interaction.customId === "open") {
    await interaction.showModal(modal());
  } else if (interaction.isButton()) {
    await interaction.deferUpdate();
    await interaction.editReply({ content: "next page", components: [] });
  } else if (interaction.isStringSelectMenu()) {
    await interaction.update({ content: `chose ${interaction.values.join()}`, components: [] });
  } else if (interaction.isModalSubmit()) {
    await interaction.reply(`noted ${interaction.fields.getTextInputValue("note")}`);
  }
}

async function hear(message: Message): Promise<void> {
  if (message.author.bot) return;
  await message.reply(`heard ${message.content}`);
  const thread = await message.startThread({
    name: "More",
    autoArchiveDuration: ThreadAutoArchiveDuration.OneHour,
  });
  await thread.send("in the thread");
}

function legacyReply(query: string) {
  const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId("next").setLabel("Next").setStyle(ButtonStyle.Secondary),
    new ButtonBuilder().setCustomId("open").setLabel("Note").setStyle(ButtonStyle.Primary),
    new ButtonBuilder().setURL("https://arxiv.org").setLabel("arXiv").setStyle(ButtonStyle.Link),
  );
  const select = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
    new StringSelectMenuBuilder().setCustomId("year").addOptions({ label: "2024", value: "2024" }),
  );
  const embed = new EmbedBuilder().setTitle("Attention").addFields({ name: "Year", value: "2017" });
  return { content: `for ${query} @everyone`, embeds: [embed], components: [buttons, select] };
}

function card() {
  const button = new ButtonBuilder().setCustomId("next").setLabel("Next").setStyle(ButtonStyle.Secondary);
  const text = new TextDisplayBuilder().setContent("# Attention");
  return new ContainerBuilder().addSectionComponents(
    new SectionBuilder().addTextDisplayComponents(text).setButtonAccessory(button),
  );
}

function modal() {
  const input = new TextInputBuilder().setCustomId("note").setStyle(TextInputStyle.Paragraph);
  const label = new LabelBuilder().setLabel("Note").setTextInputComponent(input);
  return new ModalBuilder().setCustomId("notes").setTitle("Notes").addLabelComponents(label);
}

describe("the real discord.js against the fake", () => {
  let discord: FakeDiscord;
  let client: Client<true>;

  beforeEach(async () => {
    discord = await fakeDiscord();
    client = await connected(discord);
    client.on(Events.InteractionCreate, (interaction) => void answer(interaction));
    await restOf(discord).put(Routes.applicationCommands(discord.applicationId), { body: COMMANDS });
  });

  test("logs in and knows itself, its guild and what it may do in a channel", () => {
    expect(client.user.id).toBe(discord.bot.id);
    expect(client.application.id).toBe(discord.applicationId);
    const channel = client.channels.cache.get(discord.general.id);
    if (channel === undefined || channel.isDMBased()) throw new Error("no channel");
    expect(channel.permissionsFor(client.user)?.has("SendMessages")).toBe(true);
    expect(channel.permissionsFor(client.user)?.has("ManageMessages")).toBe(false);
    expect(discord.violations).toEqual([]);
  });

  test("registers commands and finds them again unchanged", async () => {
    const rest = restOf(discord);
    const before = discord.commands().map(({ id, version }) => ({ id, version }));
    await rest.put(Routes.applicationCommands(discord.applicationId), { body: COMMANDS });
    expect(discord.commands().map(({ id, version }) => ({ id, version }))).toEqual(before);
    expect(discord.commandWrites.map(({ created }) => created)).toEqual([2, 0]);
    const [paper] = await client.application.commands.fetch().then((all) => [...all.values()]);
    expect(paper?.name).toBe("paper");
  });

  test("answers a slash command with embeds and buttons, and follows up", async () => {
    const handle = discord.user("ada").command("paper search", { query: "attention", count: 3 });
    const outcome = await handle.outcome();
    expect(outcome).toMatchObject({ callbackType: 4, ephemeral: false });
    expect(outcome.firstResponseMs).toBeLessThan(3000);
    expect(outcome.message?.content).toBe("for attention @everyone");
    const [followUp] = await handle.followedUp(1);
    expect(followUp?.content).toBe(`id ${outcome.message?.id}`);
    expect(discord.violations).toEqual([]);
  });

  test("defers, edits and follows up for one person only", async () => {
    const handle = discord.user("ada").command("paper search", { query: "slow" });
    expect(await handle.acknowledged()).toMatchObject({ type: 5, ephemeral: true });
    const { message } = await handle.outcome();
    expect(message).toMatchObject({ content: "found later", flags: FLAGS.ephemeral, editedAt: undefined });
    const [more] = await handle.followedUp(1);
    expect(more?.onlyFor?.name).toBe("ada");
    expect(discord.violations).toEqual([]);
  });

  test("shows components v2", async () => {
    const { message } = await discord.user("ada").command("paper search", { query: "cards" }).outcome();
    if (message === undefined) throw new Error("no message");
    expect(shownText(message)).toBe("# Attention");
    expect(message.flags).toBe(FLAGS.componentsV2);
    expect(discord.violations).toEqual([]);
  });

  test("completes what is being typed", async () => {
    const { choices } = await discord.user("ada").autocomplete("paper search", { query: "tra" }).outcome();
    expect(choices).toEqual([{ name: "tra…", value: "transformer" }]);
    expect(discord.violations).toEqual([]);
  });

  test("reads the target of a message command without the message content intent", async () => {
    const ada = discord.user("ada");
    const { message } = await ada
      .messageCommand("Find similar papers", ada.say(discord.general, "a title"))
      .outcome();
    expect(message?.content).toBe("like: a title");
  });

  test("serves a button, a select and a modal on the message", async () => {
    const ada = discord.user("ada");
    const find = async () => (await ada.command("paper search", { query: "x" }).outcome()).message;
    const [one, two] = [await find(), await find()];
    if (one === undefined || two === undefined) throw new Error("no message");
    const opened = ada.click(one, "open");
    expect((await opened.outcome()).modal).toMatchObject({ custom_id: "notes", title: "Notes" });
    const sent = await ada.submitModal(opened, { note: "read it" }).outcome();
    expect(sent.message?.content).toBe("noted read it");
    expect((await ada.select(one, "year", ["2024"]).outcome()).message?.content).toBe("chose 2024");
    expect((await ada.click(two, "next").outcome()).message?.content).toBe("next page");
    expect(discord.violations).toEqual([]);
  });

  test("hears a mention, answers it and opens a thread on it", async () => {
    const threads = new Promise((resolve) => client.once(Events.ThreadCreate, resolve));
    client.on(Events.MessageCreate, (message) => void hear(message));
    const asked = discord.user("ada").say(discord.general, `<@${discord.bot.id}> hello`);
    await threads;
    await expect.poll(() => asked.thread && discord.messages(asked.thread).length).toBe(1);
    const reply = discord.messages(discord.general).find((one) => one.repliesTo === asked);
    expect(reply).toMatchObject({ content: `heard <@${discord.bot.id}> hello`, pings: { users: [] } });
    expect(asked.thread?.id).toBe(asked.id);
    expect(discord.violations).toEqual([]);
  });

  test("sends, edits, reads and deletes channel messages and direct messages", async () => {
    const channel = await client.channels.fetch(discord.general.id);
    if (!channel?.isSendable()) throw new Error("no channel");
    const sent = await channel.send({ content: "one", nonce: "day-1", enforceNonce: true });
    const again = await channel.send({ content: "one", nonce: "day-1", enforceNonce: true });
    expect(again.id).toBe(sent.id);
    await sent.edit("two");
    expect(discord.messages(discord.general)[0]).toMatchObject({ content: "two", edits: 1 });
    await sent.delete();
    expect(discord.messages(discord.general)).toEqual([]);
    const ada = discord.user("ada");
    const direct = await (await client.users.fetch(ada.id)).send("hi");
    expect(discord.messages(ada.dm)[0]?.id).toBe(direct.id);
    expect(discord.violations).toEqual([]);
  });

  test("sends a file as multipart", async () => {
    const channel = client.channels.cache.get(discord.general.id);
    if (!channel?.isSendable()) throw new Error("no channel");
    await channel.send({ content: "list", files: [{ attachment: Buffer.from("a,b"), name: "papers.csv" }] });
    expect(discord.messages(discord.general)[0]?.attachments).toMatchObject([
      { filename: "papers.csv", size: 3 },
    ]);
    expect(discord.requests.at(-1)?.files).toEqual([
      { field: "files[0]", name: "papers.csv", bytes: 3, content: Buffer.from("a,b") },
    ]);
  });

  test("keeps no token in its records", async () => {
    await discord.user("ada").command("paper search", { query: "x" }).outcome();
    expect(JSON.stringify(discord.requests)).not.toContain(discord.token);
    expect(discord.requests.find(({ method }) => method === "PUT")).toMatchObject({
      route: "/applications/:app/commands",
      authorization: "valid",
      status: 200,
    });
    expect(discord.requests.find(({ route }) => route.endsWith("/callback"))?.authorization).toBe("none");
  });

  test("runs beside another fake", async () => {
    const other = await fakeDiscord();
    await new REST({ api: other.apiUrl, version: "10" }).setToken(other.token).get(Routes.user());
    expect(other.requests).toHaveLength(1);
    expect(other.apiUrl).not.toBe(discord.apiUrl);
  });
});
