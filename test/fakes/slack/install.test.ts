import type { Installation } from "@slack/bolt";
import { describe, expect, test } from "vitest";
import { clientOf, fakeSlack, overHttp, post, refusal } from "./connect.ts";
import type { FakeSlack } from "./index.ts";

/** A fake and an app that several workspaces can install. */
async function installable(directInstall = true): Promise<{
  slack: FakeSlack;
  app: string;
  stored: Map<string | undefined, Installation>;
}> {
  const slack = await fakeSlack({ installed: false });
  const stored = new Map<string | undefined, Installation>();
  const listen = overHttp(
    slack,
    (app) => {
      app.command("/p", async ({ ack, client, command }) => {
        await ack();
        await client.apiCall("chat.postMessage", { channel: command.channel_id, text: "here" });
      });
    },
    {
      clientId: slack.clientId,
      clientSecret: slack.clientSecret,
      stateSecret: "state-secret",
      scopes: ["chat:write", "commands"],
      installerOptions: { directInstall, authorizationUrl: slack.authorizationUrl },
      installationStore: {
        storeInstallation: async (one) => void stored.set(one.team?.id, one),
        fetchInstallation: async ({ teamId }) => {
          const one = stored.get(teamId);
          if (one === undefined) throw new Error("not installed");
          return one;
        },
      },
    },
  );
  return { slack, app: (await listen).origin, stored };
}

describe("installing", () => {
  test.for([true, false])("works in each workspace, with its own token (direct: %s)", async (direct) => {
    const { slack, app, stored } = await installable(direct);
    const other = slack.workspace("Other");
    expect(await slack.install({ app })).toMatchObject({ status: 200, scopes: ["chat:write", "commands"] });
    expect(await slack.install({ app, workspace: other })).toMatchObject({ status: 200 });
    expect([...stored.values()].map((one) => one.bot?.token)).toEqual([slack.botToken, other.botToken]);
    const command = await slack.command({ user: other.ana, channel: other.general, text: "/p" });
    expect(await command.replied()).toMatchObject([{ text: "here", channel: other.general }]);
    expect(command.calls.at(-1)?.token).toBe(other.botToken);
    const { members } = clientOf(slack, other.botToken).conversations;
    expect(await refusal(members({ channel: other.general.id }))).toBe("missing_scope");
    await expect(slack.mention({ user: other.ana, channel: other.general, text: "hi" })).rejects.toThrow(
      "only to apps with the scope app_mentions:read",
    );
    await slack.uninstall(other);
    await expect(post(slack, { channel: other.general.id, text: "t" }, other.botToken)).rejects.toThrow(
      "account_inactive",
    );
  });

  test("fails without cookies, with a used code, and where the person refuses", async () => {
    const { slack, app, stored } = await installable();
    expect((await slack.install({ app, withoutCookies: true })).status).toBe(400);
    expect((await slack.install({ app, deny: true })).status).toBe(500);
    expect(stored.size).toBe(0);
    const { code = "" } = await slack.install({ app });
    stored.clear();
    expect((await slack.install({ app, code })).status).toBe(500);
    expect(stored.size).toBe(0);
    expect(slack.violations).toEqual([]);
  });

  test("is refused for another client, without scopes and without state", async () => {
    const { slack } = await installable();
    const ask = async (query: Record<string, string>): Promise<string> => {
      const response = await fetch(`${slack.authorizationUrl}?${new URLSearchParams(query).toString()}`);
      return response.text();
    };
    const right = { client_id: slack.clientId, scope: "commands", state: "s" };
    expect(await ask({ ...right, client_id: "x" })).toBe("invalid_client_id");
    expect(await ask({ ...right, scope: "" })).toBe("no_scopes");
    expect(await ask({ ...right, state: "" })).toContain("state is missing");
    expect(await ask(right)).toBe("bad_redirect_uri");
  });
});

describe("tokens that expire", () => {
  test("give a new pair once, of which two access tokens work until their end", async () => {
    const slack = await fakeSlack({ tokenLife: 43_200 });
    const client = { client_id: slack.clientId, client_secret: slack.clientSecret };
    const renew = (refresh_token: string) =>
      clientOf(slack).oauth.v2.access({ ...client, grant_type: "refresh_token", refresh_token });
    const one = await renew(slack.refreshToken);
    expect(one).toMatchObject({ token_type: "bot", expires_in: 43_200 });
    expect(await refusal(renew(slack.refreshToken))).toBe("invalid_refresh_token");
    const ask = (token = slack.botToken) => clientOf(slack, token).auth.test();
    expect([await ask(), await ask(one.access_token)]).toMatchObject([{ ok: true }, { ok: true }]);
    const two = await renew(one.refresh_token ?? "");
    expect(await refusal(ask())).toBe("token_revoked");
    slack.advance(43_200_000);
    expect(await refusal(ask(two.access_token))).toBe("token_expired");
    expect(slack.violations).toEqual([]);
  });
});
