import { rm } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openDiscord } from "../discord/app.ts";
import { openSlack } from "../slack/app.ts";
import { runProgram } from "../support/run-program.ts";
import { sampleOf, startServed } from "./serve.ts";

const READY = "to add it to a server open";

async function startBoth() {
  const [discord, slack] = await Promise.all([openDiscord(), openSlack()]);
  const settings = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
  };
  return { discord, slack, settings };
}

describe("the operator's port", () => {
  it("says that all is well once both platforms are connected, and counts what they asked", async () => {
    const { discord, slack, settings } = await startBoth();
    const program = await startServed(settings);
    await program.says(READY);
    await program.says("Slack: ready for");
    await discord.user("ana").command("paper search", { query: "dinov2" }).outcome();
    await discord.user("ana").command("paper similar", { papers: "no such paper at all 123" }).outcome();
    const asked = await slack.command({ user: slack.ana, channel: slack.general, text: "/paper about" });
    await asked.replied();

    const live = await program.get("/livez");
    expect([live.status, await live.json()]).toEqual([200, { live: true }]);
    const ready = await program.get("/readyz");
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        ready: true,
        needs: ["discord", "slack", "index", "store"].map((name) => ({ name, ready: true })),
      },
    ]);

    const figures = await program.get("/metrics");
    expect(figures.headers.get("content-type")).toBe(
      "application/openmetrics-text; version=1.0.0; charset=utf-8",
    );
    const text = await figures.text();
    const counted = (labels: string) => sampleOf(text, `paperboy_command_duration_seconds_count{${labels}}`);
    expect(counted('command="search",platform="discord",outcome="plain"')).toBe(1);
    expect(counted('command="similar",platform="discord",outcome="missing"')).toBe(1);
    expect(counted('command="about",platform="slack",outcome="plain"')).toBe(1);
    expect(sampleOf(text, 'paperboy_search_duration_seconds_count{of="words"}')).toBeGreaterThan(0);
    expect(sampleOf(text, "paperboy_papers")).toBe(544);
    expect(sampleOf(text, 'paperboy_connected{platform="discord"}')).toBe(1);
    expect(sampleOf(text, 'paperboy_requests_total{service="slack",status="200"}')).toBeGreaterThan(0);
    for (const kind of ["digest", "follow", "club"]) {
      expect(sampleOf(text, `paperboy_due_open{kind="${kind}",platform="slack"}`)).toBe(0);
      expect(sampleOf(text, `paperboy_due_held{kind="${kind}"}`)).toBe(0);
      expect(sampleOf(text, `paperboy_due_subscriptions{kind="${kind}"}`)).toBe(0);
    }
    expect([sampleOf(text, "paperboy_follows_waiting"), sampleOf(text, "paperboy_letters_waiting")]).toEqual([
      0, 0,
    ]);
    expect(text).toContain("nodejs_eventloop_lag_p99_seconds");
    expect(text.endsWith("# EOF\n")).toBe(true);
    expect(text).not.toContain("dinov2");
    expect(await program.stop()).toBe(0);
  });

  it("answers 503 with what is missing while a platform does not answer, and lives on", async () => {
    const program = await startServed({
      DISCORD_TOKEN: "a.to.ken",
      // Port 9 of the own machine: nobody listens there.
      DISCORD_API_URL: "http://127.0.0.1:9/api",
    });
    await program.says("trying again in 5 s");
    const ready = await program.get("/readyz");
    expect([ready.status, await ready.json()]).toEqual([
      503,
      {
        ready: false,
        needs: [
          { name: "discord", ready: false, reason: "it is not connected; the log says why" },
          { name: "index", ready: true },
          { name: "store", ready: true },
        ],
      },
    ]);
    expect((await program.get("/livez")).status).toBe(200);
    const text = await (await program.get("/metrics")).text();
    expect(sampleOf(text, 'paperboy_connected{platform="discord"}')).toBe(0);
    expect(sampleOf(text, 'paperboy_requests_total{service="discord",status="none"}')).toBeGreaterThan(0);
  });

  it("answers 503 when a connection is lost, and 200 when it stands again", async () => {
    const { discord, settings } = await startBoth();
    const { DISCORD_TOKEN, DISCORD_API_URL } = settings;
    const program = await startServed({ DISCORD_TOKEN, DISCORD_API_URL });
    await program.says(READY);
    const statusIs = async (status: number): Promise<void> => {
      await expect.poll(async () => (await program.get("/readyz")).status, { timeout: 20_000 }).toBe(status);
    };
    await statusIs(200);
    discord.gateway.setSilence("all");
    discord.gateway.drop();
    await statusIs(503);
    discord.gateway.setSilence("none");
    discord.gateway.drop();
    await statusIs(200);
  });

  it("answers 503 and names the store when its database is gone, without the path", async () => {
    const { discord, settings } = await startBoth();
    const { DISCORD_TOKEN, DISCORD_API_URL } = settings;
    const program = await startServed({ DISCORD_TOKEN, DISCORD_API_URL });
    await program.says(READY);
    await rm(path.join(program.state, "paperboy.sqlite"));
    const ready = await program.get("/readyz");
    const said = await ready.text();
    expect(ready.status).toBe(503);
    expect(said).toContain("its database is gone");
    expect(said).not.toContain(program.state);
    expect((await program.get("/metrics")).status).toBe(200);
    expect(discord.violations).toEqual([]);
  });

  it("takes no other page, no other method and no foreign host", async () => {
    const program = await startServed({ PAPERBOY_WEB_PORT: "0" });
    expect((await program.get("/")).status).toBe(404);
    expect(await (await program.get("/nothing")).json()).toEqual({
      error: "nothing is here; there are /livez, /readyz, /metrics",
    });
    const { url } = await program.get("/livez");
    expect((await fetch(url, { method: "POST" })).status).toBe(405);
    const foreign = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1", () =>
        socket.write("GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
      );
      let got = "";
      socket.on("data", (chunk: Buffer) => (got += chunk.toString())).on("close", () => resolve(got));
    });
    expect(foreign).toMatch(/^HTTP\/1\.1 421 /);
    expect(await program.stop()).toBe(0);
  });

  it("that is taken ends the program with 2 and the settings to change", async () => {
    const program = await startServed({ PAPERBOY_WEB_PORT: "0" });
    const { port } = new URL((await program.get("/livez")).url);
    const { code, stderr } = await runProgram([], {
      PAPERBOY_STATE: program.state,
      PAPERBOY_WEB_PORT: "0",
      PAPERBOY_ADMIN_PORT: port,
    });
    expect(code).toBe(2);
    expect(stderr).toContain(
      `Health and figures cannot be served at 127.0.0.1:${port}: EADDRINUSE. Set PAPERBOY_ADMIN_PORT and PAPERBOY_ADMIN_HOST`,
    );
    const wrong = await runProgram([], { PAPERBOY_STATE: program.state, PAPERBOY_ADMIN_PORT: "http" });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      "PAPERBOY_ADMIN_PORT is “http”; it must be a whole number from 0 to 65535.\n",
    ]);
  });
});
