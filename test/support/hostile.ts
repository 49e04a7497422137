import fc from "fast-check";
import { listedCard } from "../../src/bot/cards/paper-cards.ts";
import { detailsCard } from "../../src/bot/cards/paper-details.ts";
import type { Block, Card, Reply, Span } from "../../src/bot/reply.ts";
import { answer, plain, prose } from "../../src/bot/reply.ts";
import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import type { Paper } from "../../src/corpus/paper.ts";

const pieces = fc.constantFrom(
  "@everyone",
  "<!channel>",
  "<!here|x>",
  "<@U0123456789>",
  "<https://evil.example|label>",
  "&amp;",
  "&",
  "|",
  ":fire:",
  "*",
  "_a_",
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
/** Text that tries to ping, to format, to hide or to be too long. */
export const hostile = fc.oneof(
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
    origins: [],
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
/** A reply of hostile papers, spans and blocks. */
export const reply: fc.Arbitrary<Reply> = fc
  .record({
    summary: hostile,
    cards: fc.array(card, { maxLength: 12 }),
    tone: fc.constantFrom("plain" as const, "fault" as const),
  })
  .map((one) => answer(one));
