import { createHash } from "node:crypto";

/** The most bytes that OpenSearch allows an id. */
const MOST = 500;

const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** A text of any length as a key that is compared whole. */
export const wholeKey = (text: string): string =>
  text.length <= 200 ? text : `${text.slice(0, 100)} ${hashOf(text)}`;

/** The id under which a document stands. */
export const documentId = (id: string): string =>
  Buffer.byteLength(id) <= MOST ? id : `${id.slice(0, 100)} ${hashOf(id)}`;

/** What tells one state of a document from another. */
export const revisionOf = (content: string): string => hashOf(content).slice(0, 22);

/** A number from 0 up to 1 that follows from an id, as by chance. */
export const lotOf = (id: string): number =>
  createHash("sha256").update(id).digest().readUInt32BE(0) / 2 ** 32;
