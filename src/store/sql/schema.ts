/** The tables as the newest migration leaves them. Times are ISO 8601 in UTC, which sort as text. */
export interface Schema {
  readonly button: { readonly key: string; readonly text: string; readonly used_at: string };
  readonly installation: { readonly id: string; readonly text: string; readonly saved_at: string };
  readonly once: { readonly key: string; readonly until: string };
}
