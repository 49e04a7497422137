import { parseWebUrl } from "../../corpus/identifiers/links.ts";

const FREE = /^(?:MIT|Apache|BSD|GPL|LGPL|AGPL|MPL|EPL|ISC|CC0|Unlicense|public domain)\b/i;

/** Creative Commons' licences by what they allow: `Attribution-NonCommercial 4.0` -> `CC-BY-NC-4.0`. */
function creativeCommons(text: string): string | undefined {
  if (!/\bcreative commons\b|\bcc[\s-]?(?:by|0)\b/i.test(text)) return undefined;
  const version = /\b(\d\.\d)\b/.exec(text)?.[1];
  if (/\bcc[\s-]?0\b|\bzero\b|public domain/i.test(text)) return `CC0-${version ?? "1.0"}`;
  if (!/attribution|\bby\b/i.test(text)) return undefined;
  const parts = [
    "CC-BY",
    /non-?\s?commercial|\bnc\b/i.test(text) ? "NC" : "",
    /no-?\s?deriv|\bnd\b/i.test(text) ? "ND" : "",
    /share-?\s?alike|\bsa\b/i.test(text) ? "SA" : "",
    version ?? "",
  ];
  return parts.filter((part) => part !== "").join("-");
}

/** A licence by its address or its short name, as SPDX has it; undefined for words about who owns the rights. */
export function readLicence(text: string | undefined, isLicence: boolean): string | undefined {
  if (text === undefined) return undefined;
  const url = parseWebUrl(/https?:\/\/[^\s,;]+/i.exec(text)?.[0] ?? "");
  if (url !== undefined) return url;
  if (/arxiv.*non-?exclusive/i.test(text)) return "http://arxiv.org/licenses/nonexclusive-distrib/1.0/";
  const shared = creativeCommons(text);
  if (shared !== undefined) return shared;
  return isLicence || FREE.test(text) ? text : undefined;
}
