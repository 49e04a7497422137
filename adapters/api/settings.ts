import { UserError } from "../../src/user-error.ts";

/** Who may ask by the API, and how much. */
export interface ApiSettings {
  /** Those with a key, as long as there is one; whoever reaches the web pages; nobody. */
  readonly access: "keys" | "open" | "off";
  /** Origins whose pages may read the answers in a browser (CORS), as `https://app.example.org`. */
  readonly origins: readonly string[];
  /** Requests a minute of each key in this process; of all without a key together. */
  readonly limit: number;
}

/** Requests that a key has a minute where no setting says it: a person with a program asks for fewer, a crawler for more. */
const LIMIT = 120;

/** The most requests a minute that a setting may allow. */
const MOST = 100_000;

const ACCESS = ["keys", "open", "off"] as const;

function readAccess(text: string | undefined): ApiSettings["access"] {
  const found = text === undefined ? "keys" : ACCESS.find((one) => one === text.toLowerCase());
  if (found !== undefined) return found;
  throw new UserError(
    `PAPERBOY_API is “${text}”; it must be keys (who has a key of “paperboy key create”), open (whoever reaches the web pages) or off.`,
  );
}

function readOrigins(text: string | undefined): readonly string[] {
  const origins = (text ?? "").split(/[\s,]+/).filter((origin) => origin !== "");
  for (const origin of origins)
    if (!/^https?:\/\//.test(origin) || !URL.canParse(origin) || new URL(origin).origin !== origin)
      throw new UserError(
        `PAPERBOY_API_ORIGINS has “${origin}”; it must be web addresses without a path, with commas between, such as https://app.example.org.`,
      );
  return origins;
}

function readLimit(text: string | undefined): number {
  const limit = Number(text ?? LIMIT);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST) return limit;
  throw new UserError(
    `PAPERBOY_API_LIMIT is “${text}”; it must be a whole number of requests a minute, from 1 to ${MOST}.`,
  );
}

/** Who may ask by the API, and how much, as the settings say it. Throws a UserError that says what is allowed. */
export const readApi = ({
  access,
  origins,
  limit,
}: Readonly<Record<keyof ApiSettings, string | undefined>>): ApiSettings => ({
  access: readAccess(access),
  origins: readOrigins(origins),
  limit: readLimit(limit),
});
