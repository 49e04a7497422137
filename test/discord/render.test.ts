import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeDiscord, escapeLabel } from "../../adapters/discord/drawing/escape.ts";
import { declareCommands } from "../../adapters/discord/declare.ts";
import { LIMITS } from "../../adapters/discord/drawing/limits.ts";
import { makePayload } from "../../adapters/discord/drawing/payload.ts";
import { renderReply } from "../../adapters/discord/drawing/render.ts";
import { commands } from "../../src/bot/bot.ts";
import { answer, plain, prose } from "../../src/bot/reply.ts";
import { hostile, reply } from "../support/hostile.ts";
import { openDiscord } from "./app.ts";
import { restOf } from "../fakes/discord/connect.ts";
import { openTestStore } from "../support/test-store.ts";

describe("a rendered reply", () => {
  it("is accepted by Discord and pings nobody, whatever papers and people write", async () => {
    const discord = await openDiscord();
    const rest = restOf(discord);
    const { buttons } = await openTestStore();
    await fc.assert(
      fc.asyncProperty(reply, fc.boolean(), async (one, shared) => {
        const { allowedMentions: _mentions, ...payload } = await makePayload(one, buttons, {
          share: { command: "search", args: { query: one.summary } },
          ...(shared ? { sharedBy: "123456789012345678" } : {}),
        });
        const body = { ...payload, allowed_mentions: { parse: [] } };
        const created = (await rest.post(`/channels/${discord.general.id}/messages`, { body })) as {
          id: string;
        };
        const message = discord.messages(discord.general).find(({ id }) => id === created.id);
        expect(message?.pings).toEqual({ users: [], roles: [], everyone: false });
      }),
      { numRuns: 150 },
    );
    expect(discord.violations).toEqual([]);
  }, 60_000);
});

describe("a card of nothing visible", () => {
  it("falls back to the summary, for Discord refuses an empty text", () => {
    const [container] = renderReply(
      answer({ summary: "Nothing", cards: [{ blocks: [prose(plain("\n"))], buttons: [] }] }),
      { idOf: () => "x" },
    );
    expect(container).toMatchObject({ components: [{ content: "Nothing" }] });
  });
});

describe("escaped text", () => {
  it("holds no sign that Discord would read as its own, save inside an address", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const outside = escapeDiscord(text).replace(/<https?:\/\/[^<>\s@`|\\]+>/gi, "");
        for (const escaped of [outside, escapeLabel(text)]) {
          expect(escaped.replace(/\\[^A-Za-z0-9\s]/g, "")).not.toMatch(/[*_~`|>#[\]()<]|@(everyone|here)/);
        }
      }),
    );
  });
});

interface Described {
  readonly description?: string;
  readonly options?: readonly Described[];
}

describe("the declaration", () => {
  it("comes from the core's commands and keeps Discord's limits", () => {
    const [slash, menu] = declareCommands(commands);
    const options = (slash && "options" in slash ? (slash.options ?? []) : []) as {
      name: string;
      description: string;
    }[];
    const first = commands.map(({ name }) => name.split(" ")[0]);
    expect(options.map(({ name }) => name)).toEqual([...new Set(first)]);
    expect(options.every(({ description }) => description.length <= LIMITS.choiceName)).toBe(true);
    expect(menu).toMatchObject({ name: "Find similar papers", type: 3 });
  });

  it("has every option in a whole phrase, though all commands together may have 8000 characters", () => {
    const descriptionsIn = ({ description = "", options = [] }: Described): string[] => [
      description,
      ...options.flatMap(descriptionsIn),
    ];
    const cut = declareCommands(commands).flatMap((one) => descriptionsIn(one as Described));
    expect(cut.filter((description) => description.endsWith("…"))).toEqual([]);
  });
});
