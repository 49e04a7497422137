import { describe, expect, it } from "vitest";
import { SCOPES } from "../../adapters/slack/declare.ts";
import { first, need, openSlack, shownText, startApp } from "./app.ts";

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

describe("files in Slack", () => {
  it("are exports and what is kept about somebody: in the direct conversation, wherever they were asked for", async () => {
    const { slack } = await startApp();
    const { ana, general } = slack;
    const dm = slack.dm(ana);
    const say = async (text: string, channel = general): Promise<string> => {
      const asked = await slack.command({ user: ana, channel, text });
      return shownText(first(await asked.replied()));
    };
    await say("/paper save FastDINOv2");
    expect(await say("/paper export")).toContain(
      "It is the file reading-list.bib in our direct conversation, under Apps.",
    );
    const [bib] = slack.files(dm);
    expect(need(bib).name).toBe("reading-list.bib");
    expect(String(bib?.data)).toMatch(/^@misc[\s\S]*FastDINOv2/);
    expect(shownText({ blocks: [] }) + JSON.stringify(slack.messages(dm).map(({ text }) => text))).toContain(
      "The file that you asked for: reading-list.bib",
    );
    expect(await say("/paper my data", dm)).toContain("It is the file paperboy-my-data.json here.");
    const json = need(slack.files(dm)[1]);
    expect(JSON.parse(String(json.data))).toMatchObject({ saved: [{ paper: expect.any(String) as string }] });
    // Nothing of it stands in the channel.
    expect(slack.files(general)).toEqual([]);
    expect(JSON.stringify(slack.messages(general))).not.toContain("FastDINOv2");
    expect(slack.violations).toEqual([]);
  });

  it("are maps and trends as pictures with what they show in words, below the answer; a list of the channel as its file", async () => {
    const { slack } = await startApp();
    const { ana, general } = slack;
    const mention = async (text: string): Promise<string> => {
      const asked = await slack.mention({ user: ana, channel: general, text });
      await asked.replied();
      return asked.message.ts;
    };
    const thread = await mention("trend diffusion");
    await slack.until(() => slack.files(general)[0], "the picture");
    const [trend] = slack.files(general);
    expect([trend?.name, trend?.threadTs, trend?.data?.subarray(0, 4)]).toEqual(["trend.png", thread, PNG]);
    expect(trend?.alt).toMatch(/diffusion/);
    await mention("map FastDINOv2");
    await slack.until(() => slack.files(general)[1], "the map");
    expect(slack.files(general)[1]).toMatchObject({
      name: "map.png",
      alt: expect.stringMatching(/\S/) as string,
    });
    await mention("list create group");
    await mention("save FastDINOv2 list:group");
    const last = await mention("export group");
    expect(need(slack.files(general)[2])).toMatchObject({ name: "group.bib", threadTs: last });
    expect(slack.violations).toEqual([]);
  });

  it("come in pages and words where the app lacks the scope, which is said, and where Slack takes none", async () => {
    const scopes = SCOPES.map(({ name }) => name).filter((name) => name !== "files:write");
    const { slack } = await startApp({ slack: await openSlack({ scopes }) });
    const { ana, general } = slack;
    const say = async (text: string): Promise<string> => {
      const asked = await slack.command({ user: ana, channel: general, text });
      return shownText(first(await asked.replied()));
    };
    await say("/paper save FastDINOv2");
    const told = await say("/paper export");
    expect(told).toContain("@misc");
    expect(told).toContain("the app lacks the scope files:write");
    expect(slack.messages(slack.dm(ana))).toEqual([]);
    const full = await startApp();
    full.slack.failNext("files.getUploadURLExternal", { error: "file_uploads_disabled" });
    const direct = await full.slack.direct({ user: full.slack.ana, text: "my data" });
    expect(shownText(first(await direct.replied()))).toContain("Slack took no file here");
    expect([...slack.violations, ...full.slack.violations]).toEqual([]);
  });
});
