import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeDiscord, escapeLabel } from "../../adapters/discord/escape.ts";
import { declareCommands } from "../../adapters/discord/declare.ts";
import { LIMITS } from "../../adapters/discord/limits.ts";
import { makePayload } from "../../adapters/discord/payload.ts";
import { renderReply } from "../../adapters/discord/render.ts";
import { commands } from "../../src/bot/bot.ts";
import { detailsCard, listedCard } from "../../src/bot/paper-cards.ts";
import type { Block, Card, Reply, Span } from "../../src/bot/reply.ts";
import { answer, plain, prose } from "../../src/bot/reply.ts";
import { titlePaperId } from "../../src/corpus/paper-id.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { openDiscord } from "./app.ts";
import { restOf } from "../fakes/discord/connect.ts";
import { openTestStore } from "../support/test-store.ts";

const pieces = fc.constantFrom(
  "@everyone",
  "<@123456789012345678>",
  "**",
  "[x](https://evil.example)",
  "```",
  "||",
  "\u202E",
  "👩‍👩‍👧‍👦",
  "漢字",
  "# ",
  "> ",
  "- ",
  "\n",
  " ",
  "https://a.example/b_c",
  "\uD800",
  "<t:1:R>",
  "`",
  "\\",
);
const hostile = fc.oneof(
  fc
    .array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 20 })), { maxLength: 30 })
    .map((parts) => parts.join("")),
  fc
    .tuple(pieces, fc.integer({ min: 1, max: 10_000 }))
    .map(([piece, length]) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)),
);
const paper = fc
  .record({
    title: hostile,
    abstract: hostile,
    names: fc.array(hostile, { maxLength: 30 }),
    organisation: hostile,
  })
  .map(({ title, abstract, names, organisation }): Paper => ({
    id: titlePaperId(title),
    title,
    abstract,
    authors: { kind: "named", names },
    organisation: { name: organisation },
    listedOn: ["test"],
  }));
const span: fc.Arbitrary<Span> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("plain" as const, "strong" as const, "emphasis" as const, "code" as const),
    text: hostile,
  }),
  fc.record({ kind: fc.constant("link" as const), text: hostile, url: fc.webUrl() }),
);
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.array(span, { maxLength: 4 }).map((text) => prose(...text)),
  fc
    .array(fc.record({ label: hostile, value: fc.array(span, { maxLength: 3 }) }), { maxLength: 30 })
    .map((facts): Block => ({ kind: "facts", facts })),
  fc
    .array(fc.array(span, { maxLength: 3 }), { maxLength: 40 })
    .map((items): Block => ({ kind: "list", items })),
  hostile.map((text): Block => ({ kind: "code", text })),
  fc.constant<Block>({ kind: "rule" }),
);
const card: fc.Arbitrary<Card> = fc.oneof(
  paper.map(detailsCard),
  fc
    .tuple(paper, fc.nat(30))
    .map(([one, number]) => listedCard({ number, paper: one, lines: [prose(plain(one.title))] })),
  fc.array(block, { maxLength: 5 }).map((blocks) => ({ blocks, buttons: [] })),
);
const reply: fc.Arbitrary<Reply> = fc
  .record({
    summary: hostile,
    cards: fc.array(card, { maxLength: 12 }),
    tone: fc.constantFrom("plain" as const, "fault" as const),
  })
  .map((one) => answer(one));

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
        const outside = escapeDiscord(text).replace(/https?:\/\/[\w\-.~%/?=&#:+]+/g, "");
        for (const escaped of [outside, escapeLabel(text)]) {
          expect(escaped.replace(/\\[^A-Za-z0-9\s]/g, "")).not.toMatch(/[*_~`|>#[\]()<]|@(everyone|here)/);
        }
      }),
    );
  });
});

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
});
