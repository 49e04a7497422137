/** A refusal in Slack's words: the body says `{ok: false, error}` and the HTTP status stays 200. */
export class SlackError extends Error {
  /** More properties of the answer: `needed`, `provided`, `response_metadata`. */
  readonly extra: Readonly<Record<string, unknown>>;
  /** Whether the app broke a rule, rather than met a world that changed under it. */
  readonly violation: boolean;

  constructor(
    code: string,
    options: { extra?: Readonly<Record<string, unknown>>; violation?: boolean } = {},
  ) {
    super(code);
    this.name = "SlackError";
    this.extra = options.extra ?? {};
    this.violation = options.violation ?? false;
  }
}

/** A refusal that a careful app meets too: the channel is gone, someone was removed. */
export function refused(code: string): SlackError {
  return new SlackError(code);
}

/** A refusal that shows a mistake in the app; it is kept among the violations. */
export function broken(code: string, messages: readonly string[] = []): SlackError {
  const extra = messages.length === 0 ? {} : { response_metadata: { messages } };
  return new SlackError(code, { extra, violation: true });
}
