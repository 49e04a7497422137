import { describe, expect, test } from "vitest";
import { fakeSlack, post } from "./connect.ts";
import type { Json } from "./json.ts";
import { escapeText, markupOf, typedText } from "./mrkdwn.ts";

const section = (text: string, type = "mrkdwn"): Json => ({ type: "section", text: { type, text } });
const richText = (...elements: Json[]): Json => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements }],
});

const pinging: [string, Json, string[]][] = [
  ["everyone in text", { text: "<!channel> and <!here|here>" }, ["<!channel>", "<!here|here>"]],
  ["everyone in a block", { text: "t", blocks: [section("<!everyone>")] }, ["<!everyone>"]],
  ["a person and a group", { text: "<@U0ABC|ana> <!subteam^S0ABC>" }, ["<@U0ABC|ana>", "<!subteam^S0ABC>"]],
  ["nobody in plain text", { text: "t", blocks: [section("<!channel>", "plain_text")] }, []],
  ["nobody where it is escaped", { text: escapeText("<!channel> <@U0ABC>") }, []],
  ["everyone by name with link_names", { text: "@channel", link_names: true }, ["@channel"]],
  ["nobody by name without", { text: "@channel" }, []],
  ["people in rich text", { blocks: [richText({ type: "user", user_id: "U0ABC" })] }, ["<@U0ABC>"]],
  ["everyone in rich text", { blocks: [richText({ type: "broadcast", range: "here" })] }, ["<!here>"]],
  ["everyone in an attachment", { attachments: [{ text: "<!here>" }] }, ["<!here>"]],
];

const linking: [string, Json, Json[]][] = [
  ["a labelled link", { text: "<https://a.example|paper>" }, [{ url: "https://a.example", label: "paper" }]],
  ["a bare address", { text: "see https://a.example/b" }, [{ url: "https://a.example/b", label: undefined }]],
  [
    "a link in a block",
    { blocks: [section("<https://a.example>")] },
    [{ url: "https://a.example", label: undefined }],
  ],
  [
    "a markdown link",
    { blocks: [{ type: "markdown", text: "[p](https://a.example)" }] },
    [{ url: "https://a.example", label: "p" }],
  ],
  [
    "a rich text link",
    { blocks: [richText({ type: "link", url: "https://a.example" })] },
    [{ url: "https://a.example" }],
  ],
  ["no link where it is escaped", { text: "&lt;mailto:a@b.example|x&gt;" }, []],
];

describe("the texts of a message", () => {
  test.for(pinging)("ping %s", ([, message, pings]) => {
    expect(markupOf(message).pings).toEqual(pings);
  });

  test.for(linking)("hold %s", ([, message, links]) => {
    expect(markupOf(message).links).toMatchObject(links);
    expect(markupOf(message).links).toHaveLength(links.length);
  });

  test("tell on the stored message", async () => {
    const slack = await fakeSlack();
    await post(slack, { channel: slack.general.id, text: "<!here> <https://a.example|x>" });
    expect(slack.messages(slack.general)).toMatchObject([
      { pings: ["<!here>"], links: [{ url: "https://a.example", label: "x" }] },
    ]);
  });

  test("are escaped and linked where a person typed them", () => {
    expect(typedText("a<b> & https://a.example")).toBe("a&lt;b&gt; &amp; <https://a.example>");
  });
});
