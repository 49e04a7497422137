/** Who may ask by the API, and how much. */
export interface ApiSettings {
  /** Those with a key, as long as there is one; whoever reaches the web pages; nobody. */
  readonly access: "keys" | "open" | "off";
  /** Origins whose pages may read the answers in a browser (CORS), as `https://app.example.org`. */
  readonly origins: readonly string[];
  /** Requests a minute of each key in this process; of all without a key together. */
  readonly limit: number;
}
