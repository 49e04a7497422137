/** Something else answers where a platform should: a proxy, a page to sign in at, another program. Trying again may help. */
export class ImpostorError extends Error {}

/** A platform, and where it should be. */
export interface Whereabouts {
  /** As people call it: Discord. */
  readonly name: string;
  /** The beginning of its addresses. */
  readonly address: string;
  /** The setting that names another address; undefined where nobody set it. */
  readonly setting: string | undefined;
}

/** Words of what answers are cut to this, in characters. */
const SHOWN = 60;

const cut = (text: string): string => {
  const line = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
};

function describeJson(value: unknown): string {
  if (value === null) return "the JSON null";
  if (Array.isArray(value)) return "a list in JSON";
  if (typeof value !== "object") return `a ${typeof value} in JSON`;
  // What a server repeats of a request may hold a token: no values.
  const names = Object.keys(value).slice(0, 3).map(cut);
  return names.length === 0 ? "an empty object in JSON" : `other JSON, with ${names.join(", ")}`;
}

/** What an answer is, in words that tell none of its contents but a page's title. */
export function describeAnswer(text: string): string {
  if (text.trim() === "") return "an empty answer";
  const [, title = ""] = /<title[^>]*>([^<]{0,500})/i.exec(text.slice(0, 20_000)) ?? [];
  if (/^\s*<(?!\?xml)/.test(text)) return `a web page${title.trim() === "" ? "" : ` “${cut(title)}”`}`;
  try {
    return describeJson(JSON.parse(text));
  } catch {
    return /^\s*[[{"]/.test(text) ? "broken JSON" : "text that is no JSON";
  }
}

/** An address without what may be secret in it. */
export function plainAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`.replace(/\/$/, "");
}

/** The error for an answer that is not the platform's; `found` says what came instead. */
export function impostor({ name, address, setting }: Whereabouts, found: string): ImpostorError {
  const cure =
    setting === undefined
      ? "Check the network: a proxy or a page to sign in at may stand between"
      : `Check ${setting}, and what stands between, such as a proxy`;
  return new ImpostorError(`What answers at ${plainAddress(address)} is not ${name}: ${found}. ${cure}`);
}

/** The impostor behind an error of a platform's own library; undefined where there is none. */
export function impostorIn(error: unknown): ImpostorError | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause)
    if (inner instanceof ImpostorError) return inner;
  return undefined;
}
