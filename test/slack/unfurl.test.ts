import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ingestFiles } from "../support/ingest-files.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";
import type { AppSettings } from "./app.ts";
import { startApp } from "./app.ts";

const MINUTE = 60_000;
const ATTENTION = "https://arxiv.org/abs/1706.03762";
const SCALING = "https://huggingface.co/papers/2001.08361";

/** An app that knows two papers by their arXiv identifiers. */
async function withPapers(settings: AppSettings = {}) {
  const started = await startApp(settings);
  const file = path.join(await temporaryFolder(), "papers.jsonl");
  const papers = [
    {
      id: "1706.03762",
      title: "Attention Is All You Need",
      abstract: "We propose the Transformer.",
      authors: ["Ashish Vaswani", "Noam Shazeer"],
    },
    { id: "2001.08361", title: "Scaling Laws for Neural Language Models", abstract: "We study scaling." },
  ];
  await writeFile(file, papers.map((one) => JSON.stringify(one)).join("\n"));
  await ingestFiles(started.library, [file]);
  return started;
}

describe("links to papers in Slack", () => {
  it("become cards, whichever site they lead to", async () => {
    const { slack } = await withPapers();
    const { ana, general } = slack;
    await slack.shareLinks({ user: ana, channel: general, links: [ATTENTION, SCALING] });
    await slack.until(() => (slack.unfurls().length > 0 ? slack.unfurls() : undefined), "cards");
    const cards = JSON.stringify(slack.unfurls());
    expect(cards).toContain("Attention Is All You Need");
    expect(cards).toContain("Scaling Laws");
    expect(slack.violations).toEqual([]);
  });

  it("say what is known of a paper and begin its abstract; what is not known or where it was read is a press away", async () => {
    const { slack } = await withPapers();
    const { ana, general } = slack;
    await slack.shareLinks({ user: ana, channel: general, links: [ATTENTION] });
    const [card] = await slack.until(
      () => (slack.unfurls().length > 0 ? slack.unfurls() : undefined),
      "a card",
    );
    const said = JSON.stringify(card);
    expect(said).toContain("arXiv · Ashish Vaswani, Noam Shazeer");
    expect(said).toContain("We propose the Transformer.");
    expect(said).toContain('"Details"');
    expect(said).not.toMatch(/not stated|Id:|Read from|papers\.jsonl/i);
  });

  it("stay alone where there are three, where the paper is not known, and where the setting is off", async () => {
    const { slack } = await withPapers();
    const { ana, general } = slack;
    const third = "https://www.alphaxiv.org/abs/2001.08361";
    await slack.shareLinks({ user: ana, channel: general, links: [ATTENTION, SCALING, third] });
    await slack.shareLinks({ user: ana, channel: general, links: ["https://arxiv.org/abs/9999.00001"] });
    await slack.idle();
    expect(slack.unfurls()).toEqual([]);
    const off = await withPapers({ unfurl: false });
    await off.slack.shareLinks({ user: off.slack.ana, channel: off.slack.general, links: [ATTENTION] });
    await off.slack.idle();
    expect(off.slack.unfurls()).toEqual([]);
  });

  it("lead to the message of the channel in which the paper was before, and to none of another channel", async () => {
    let now = Date.parse("2026-11-21T12:00:00Z");
    const store = await openTestStore(":memory:", () => new Date(now));
    const { slack } = await withPapers({ store });
    const { ana, ben, general, quiet } = slack;
    const share = async (channel = general): Promise<string> => {
      await slack.shareLinks({ user: ana, channel, links: [ATTENTION] });
      await slack.idle();
      return JSON.stringify(slack.unfurls().at(-1));
    };
    quiet.members.add(slack.botUser.id);
    expect(await share()).not.toContain("Posted here");
    const [first] = slack.messages(general);
    if (first === undefined) throw new Error("nothing was said");
    await slack.react({ user: ben, message: first, name: "+1" });
    await slack.idle();
    now += 31 * MINUTE;
    const card = await share();
    expect(card).toContain("Posted here on <https://");
    expect(card).toContain(
      `/archives/${general.id}/p${first.ts.replace(".", "")}|21 November 2026>, 1 reaction.`,
    );
    expect(await share(quiet)).not.toContain("Posted here");
    const asked = await slack.messageShortcut({
      user: ben,
      callbackId: "find_similar_papers",
      message: first,
    });
    const [similar] = await asked.replied();
    expect(JSON.stringify(similar?.blocks)).toContain(`/archives/${general.id}/p`);
    expect(slack.violations).toEqual([]);
  });

  it("are not shown again in a channel within 30 minutes, however they are written; drafts do not count", async () => {
    let now = Date.parse("2026-11-21T12:00:00Z");
    const store = await openTestStore(":memory:", () => new Date(now));
    const { slack } = await withPapers({ store });
    const { ana, general, quiet } = slack;
    const share = async (link: string, channel = general, composing = false): Promise<number> => {
      await slack.shareLinks({ user: ana, channel, links: [link], composing });
      await slack.idle();
      return slack.unfurls().length;
    };
    expect(await share(ATTENTION, general, true)).toBe(1);
    expect(await share(ATTENTION)).toBe(2);
    expect(await share("https://arxiv.org/pdf/1706.03762v5")).toBe(2);
    expect(await share(ATTENTION, quiet)).toBe(3);
    now += 31 * MINUTE;
    expect(await share(ATTENTION)).toBe(4);
    expect(slack.violations).toEqual([]);
  });
});
