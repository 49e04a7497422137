import { Routes } from "discord.js";
import { describe, expect, test } from "vitest";
import { fakeDiscord, refusal, restOf } from "./connect.ts";
import { openApiFile } from "./index.ts";
import { loadOpenApi } from "./openapi.ts";

const absent = openApiFile() === undefined;

// Discord's document is not part of this repository: DISCORD_OPENAPI names it, or it lies beside the project.
describe.skipIf(absent)("Discord's OpenAPI document", () => {
  test("finds what is wrong with a body, and knows strings of permissions are right", () => {
    const openApi = loadOpenApi([
      { method: "POST", template: "/channels/:channel/messages" },
      { method: "PUT", template: "/applications/:app/commands" },
    ]);
    const path = "/channels/110000000000000000/messages";
    expect(openApi?.problems("POST", path, { content: "c" })).toEqual([]);
    expect(openApi?.problems("POST", path, { embeds: [{ title: "x".repeat(257) }] })).not.toEqual([]);
  });

  test("is asked about every body that the fake's own rules let through", async () => {
    const discord = await fakeDiscord();
    const rest = restOf(discord);
    const path = Routes.applicationCommands(discord.applicationId);
    const command = { name: "ask", description: "d", default_member_permissions: "32" };
    await rest.put(path, { body: [command] });
    expect(discord.violations).toEqual([]);
    const option = { type: 7, name: "where", description: "d", channel_types: [99] };
    const wrong = { ...command, options: [option] };
    const refused = await refusal(rest.put(path, { body: [wrong] }));
    expect(refused).toMatchObject({ code: 50035, status: 400 });
    expect(discord.violations).toMatchObject([{ kind: "openapi" }]);
  });

  test("can be left aside", async () => {
    const discord = await fakeDiscord({ openApi: false });
    const option = { type: 7, name: "where", description: "d", channel_types: [99] };
    const body = [{ name: "ask", description: "d", options: [option] }];
    await restOf(discord).put(Routes.applicationCommands(discord.applicationId), { body });
    expect(discord.violations).toEqual([]);
  });
});
