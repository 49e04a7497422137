import { isRecord, type Json } from "./json.ts";
import type { Problem } from "./checks/shape.ts";

/**
 * Why a request counts as a violation: the rule it broke. Refusals that an app cannot foresee (a permission taken
 * away, a deleted channel, closed direct messages) are answered but are no violations.
 */
export type ViolationKind =
  | "body"
  | "openapi"
  | "unknown-route"
  | "late"
  | "unanswered"
  | "acknowledged-twice"
  | "expired-token"
  | "not-acknowledged"
  | "too-many-follow-ups"
  | "unauthorized"
  | "user-agent"
  | "gateway";

/** An answer other than success: HTTP status, Discord's JSON code and message, and the rule broken, if any. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly violation: ViolationKind | undefined;
  readonly problems: readonly Problem[];

  constructor(status: number, code: number, message: string, why: Blame = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.violation = why.violation;
    this.problems = why.problems ?? [];
  }
}

interface Blame {
  violation?: ViolationKind;
  problems?: readonly Problem[];
}

/** 50035 with the problems in Discord's nested form; `violation` tells who found them. */
export function invalidBody(problems: readonly Problem[], violation: ViolationKind = "body"): ApiError {
  return new ApiError(400, 50035, "Invalid Form Body", { violation, problems });
}

/** The refusals that carry no details, by Discord's name: topics/opcodes-and-status-codes#json. */
export const refusals = {
  unauthorized: () => new ApiError(401, 0, "401: Unauthorized", { violation: "unauthorized" }),
  unknownRoute: () => new ApiError(404, 0, "404: Not Found", { violation: "unknown-route" }),
  userAgent: () => new ApiError(403, 40333, "internal network error", { violation: "user-agent" }),
  unknownApplication: () => new ApiError(404, 10002, "Unknown Application"),
  unknownChannel: () => new ApiError(404, 10003, "Unknown Channel"),
  unknownGuild: () => new ApiError(404, 10004, "Unknown Guild"),
  unknownMember: () => new ApiError(404, 10007, "Unknown Member"),
  unknownMessage: () => new ApiError(404, 10008, "Unknown Message"),
  unknownUser: () => new ApiError(404, 10013, "Unknown User"),
  unknownCommand: () => new ApiError(404, 10063, "Unknown application command"),
  unknownWebhook: () => new ApiError(404, 10015, "Unknown Webhook", { violation: "not-acknowledged" }),
  unknownInteraction: () => new ApiError(404, 10062, "Unknown interaction", { violation: "late" }),
  tooManyCommands: (limit: number) =>
    new ApiError(400, 30032, `Maximum number of application commands reached (${limit}).`, {
      violation: "body",
    }),
  acknowledgedTwice: () =>
    new ApiError(400, 40060, "Interaction has already been acknowledged.", {
      violation: "acknowledged-twice",
    }),
  tooManyFollowUps: () =>
    new ApiError(400, 40094, "Maximum number of follow up messages reached", {
      violation: "too-many-follow-ups",
    }),
  missingAccess: () => new ApiError(403, 50001, "Missing Access"),
  notOwnMessage: () => new ApiError(403, 50005, "Cannot edit a message authored by another user"),
  emptyMessage: () => new ApiError(400, 50006, "Cannot send an empty message", { violation: "body" }),
  closedDms: () => new ApiError(403, 50007, "Cannot send messages to this user"),
  missingPermissions: () => new ApiError(403, 50013, "Missing Permissions"),
  wrongChannelType: () => new ApiError(400, 50024, "Cannot execute action on this channel type"),
  webhookToken: () => new ApiError(401, 50027, "Invalid Webhook Token", { violation: "expired-token" }),
  malformedJson: () =>
    new ApiError(400, 50109, "The request body contains invalid JSON.", { violation: "body" }),
  tooLarge: () => new ApiError(413, 40005, "Request entity too large", { violation: "body" }),
  replyNeedsHistory: () =>
    new ApiError(403, 160002, "Cannot reply without permission to read message history"),
  threadExists: () => new ApiError(400, 160004, "A thread has already been created for this message"),
  serverError: () => new ApiError(500, 0, "500: Internal Server Error", { violation: "body" }),
};

/** The JSON body of a refusal: `{message, code}` and, for 50035, the problems nested by their paths. */
export function errorBody(error: ApiError): Json {
  const body: Json = { message: error.message, code: error.code };
  if (error.problems.length > 0) body["errors"] = nest(error.problems);
  return body;
}

/** Problems as Discord nests them: `{content: {_errors: [{code, message}]}}`. */
function nest(problems: readonly Problem[]): Json {
  const root: Json = {};
  for (const { path, code, message } of problems) {
    let node = root;
    for (const step of path) node = childOf(node, String(step));
    const errors = node["_errors"];
    if (Array.isArray(errors)) errors.push({ code, message });
    else node["_errors"] = [{ code, message }];
  }
  return root;
}

function childOf(node: Json, key: string): Json {
  const found = node[key];
  if (isRecord(found)) return found;
  const made: Json = {};
  node[key] = made;
  return made;
}
