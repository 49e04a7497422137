/** A method of the Web API: what it needs, what it may be given, and who may call it. */
export interface MethodRule {
  readonly needs: readonly string[];
  readonly may: readonly string[];
  /** `none` for methods that need no token. */
  readonly token: "bot" | "app" | "none";
  /** Scopes of which all are needed; those that depend on the kind of conversation are in `family`. */
  readonly scopes: readonly string[];
  /** `read` needs channels:read, groups:read or im:read by the kind of conversation. */
  readonly family: "read" | "history" | undefined;
}

interface RuleParts {
  readonly needs?: string;
  readonly may?: string;
  readonly scope?: string;
  readonly family?: "read" | "history";
  readonly token?: "app" | "none";
}

function rule({ needs = "", may = "", scope, family, token }: RuleParts): MethodRule {
  const words = (list: string): string[] => list.split(" ").filter((word) => word !== "");
  const scopes = scope === undefined ? [] : [scope];
  return { needs: words(needs), may: words(may), token: token ?? "bot", scopes, family };
}

const WRITTEN = "as_user attachments blocks link_names markdown_text parse text thread_ts";
const DRESSED = "icon_emoji icon_url username";
const PAGED = "cursor limit";
const SPAN = "cursor include_all_metadata inclusive latest limit oldest";

/**
 * The methods the fake knows: docs.slack.dev/reference/methods. Where Slack asks for no argument but answers an error
 * without it (`no_text`, `invalid_arguments`), the method itself says so.
 */
export const METHODS: Readonly<Record<string, MethodRule>> = {
  "api.test": rule({ may: "error foo", token: "none" }),
  "apps.connections.open": rule({ token: "app" }),
  "apps.uninstall": rule({ needs: "client_id client_secret" }),
  "assistant.threads.setStatus": rule({
    needs: "channel_id thread_ts status",
    may: `${DRESSED} loading_messages`,
    scope: "chat:write",
  }),
  "auth.revoke": rule({ may: "test" }),
  "auth.test": rule({}),
  "bots.info": rule({ may: "bot", scope: "users:read" }),
  "chat.delete": rule({ needs: "channel ts", may: "as_user", scope: "chat:write" }),
  "chat.getPermalink": rule({ needs: "channel message_ts" }),
  "chat.postEphemeral": rule({ needs: "channel user", may: `${WRITTEN} ${DRESSED}`, scope: "chat:write" }),
  "chat.postMessage": rule({
    needs: "channel",
    may: `${WRITTEN} ${DRESSED} metadata mrkdwn reply_broadcast unfurl_links unfurl_media`,
    scope: "chat:write",
  }),
  "chat.unfurl": rule({
    needs: "unfurls",
    may: "channel ts source unfurl_id user_auth_blocks user_auth_message user_auth_required user_auth_url",
    scope: "links:write",
  }),
  "chat.update": rule({
    needs: "channel ts",
    may: "as_user attachments blocks file_ids link_names markdown_text metadata parse reply_broadcast text",
    scope: "chat:write",
  }),
  "conversations.history": rule({ needs: "channel", may: SPAN, family: "history" }),
  "conversations.info": rule({ needs: "channel", may: "include_locale include_num_members", family: "read" }),
  "conversations.join": rule({ needs: "channel", scope: "channels:join" }),
  "conversations.list": rule({ may: `${PAGED} exclude_archived types`, scope: "channels:read" }),
  "conversations.members": rule({ needs: "channel", may: PAGED, family: "read" }),
  "conversations.open": rule({ may: "channel prevent_creation return_im users", scope: "im:write" }),
  "conversations.replies": rule({ needs: "channel ts", may: SPAN, family: "history" }),
  "files.completeUploadExternal": rule({
    needs: "files",
    may: "blocks channel_id channels initial_comment thread_ts",
    scope: "files:write",
  }),
  "files.getUploadURLExternal": rule({
    needs: "filename length",
    may: "alt_txt snippet_type",
    scope: "files:write",
  }),
  "oauth.v2.access": rule({
    may: "client_id client_secret code code_verifier grant_type redirect_uri refresh_token",
    token: "none",
  }),
  "reactions.add": rule({ needs: "channel name timestamp", scope: "reactions:write" }),
  "reactions.remove": rule({ needs: "name", may: "channel timestamp", scope: "reactions:write" }),
  "team.info": rule({ may: "team domain", scope: "team:read" }),
  "users.info": rule({ needs: "user", may: "include_locale", scope: "users:read" }),
  "views.open": rule({ needs: "view", may: "trigger_id interactivity_pointer" }),
  "views.publish": rule({ needs: "user_id view", may: "hash" }),
  "views.push": rule({ needs: "view", may: "trigger_id interactivity_pointer" }),
  "views.update": rule({ needs: "view", may: "external_id hash view_id" }),
};

/** What a bot gets where a test says nothing: enough for every method above. */
export const DEFAULT_SCOPES: readonly string[] = [
  "app_mentions:read",
  "channels:history",
  "channels:join",
  "channels:read",
  "chat:write",
  "commands",
  "files:write",
  "groups:history",
  "groups:read",
  "im:history",
  "im:read",
  "im:write",
  "links:read",
  "links:write",
  "reactions:write",
  "team:read",
  "users:read",
];
