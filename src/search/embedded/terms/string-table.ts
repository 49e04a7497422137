import type { Saved, Sections } from "../saved/sections.ts";

/**
 * Texts by numbers, 0, 1, 2, … in the order they came, and numbers by texts: bytes in one array and a hash table of numbers,
 * some 20 bytes and the text itself. A map of strings takes five times as much, and the collector of garbage goes through it.
 */
export interface StringTable {
  readonly size: () => number;
  readonly find: (text: string) => number | undefined;
  /** The number of a text, which is added where it is new. */
  readonly add: (text: string) => number;
  readonly text: (number: number) => string;
  /** The first byte of a text in UTF-8. */
  readonly firstByte: (number: number) => number;
  /** All of it as it is now, to be saved under a name. */
  readonly pack: (name: string) => Sections;
}

/** Of a hundred slots of the hash table at most so many are taken. */
const FULL = 60;

const NOT_ASCII = 0x80;

interface Content {
  bytes: Buffer;
  /** Where each text ends, and its hash. */
  ends: Uint32Array;
  hashes: Uint32Array;
  /** Numbers by hash, each one higher than it is; 0 for none. */
  slots: Uint32Array;
  size: number;
}

/** FNV-1a over the codes of a text, mixed once more so that its last bits depend on all of it. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

function isAscii(text: string): boolean {
  let codes = 0;
  for (let i = 0; i < text.length; i++) codes |= text.charCodeAt(i);
  return codes < NOT_ASCII;
}

const startOf = ({ ends }: Content, number: number): number => (number === 0 ? 0 : (ends[number - 1] ?? 0));

/** Whether a text is the one of a number. */
function isText(content: Content, number: number, text: string): boolean {
  const start = startOf(content, number);
  const end = content.ends[number] ?? 0;
  if (!isAscii(text)) return Buffer.from(text).equals(content.bytes.subarray(start, end));
  if (end - start !== text.length) return false;
  for (let i = 0; i < text.length; i++) if (content.bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The slot of a text, or the free one where it belongs. */
function slotOf(content: Content, text: string, hash: number): number {
  const { slots, hashes } = content;
  const last = slots.length - 1;
  let slot = hash & last;
  for (let found = slots[slot] ?? 0; found !== 0; found = slots[slot] ?? 0) {
    if (hashes[found - 1] === hash && isText(content, found - 1, text)) break;
    slot = (slot + 1) & last;
  }
  return slot;
}

function growSlots(content: Content): void {
  const slots = new Uint32Array(content.slots.length * 2);
  const last = slots.length - 1;
  for (let number = 0; number < content.size; number++) {
    let slot = (content.hashes[number] ?? 0) & last;
    while (slots[slot] !== 0) slot = (slot + 1) & last;
    slots[slot] = number + 1;
  }
  content.slots = slots;
}

/** Makes room for one more text of so many bytes. */
function makeRoom(content: Content, bytes: number): void {
  const used = startOf(content, content.size);
  if (used + bytes > content.bytes.length) {
    const before = content.bytes;
    content.bytes = Buffer.alloc(Math.ceil((used + bytes) * 1.25) + 1024);
    before.copy(content.bytes);
  }
  if (content.size === content.ends.length) {
    const { ends, hashes, size } = content;
    content.ends = new Uint32Array(Math.ceil(size * 1.25) + 64);
    content.hashes = new Uint32Array(content.ends.length);
    content.ends.set(ends);
    content.hashes.set(hashes);
  }
  if ((content.size + 1) * 100 > content.slots.length * FULL) growSlots(content);
}

const emptyContent = (): Content => ({
  bytes: Buffer.alloc(1024),
  ends: new Uint32Array(0),
  hashes: new Uint32Array(0),
  slots: new Uint32Array(256),
  size: 0,
});

/** The content that was saved under a name. */
function openContent(saved: Saved, name: string): Content {
  const ends = saved.words(`${name}.ends`);
  if (ends.length === 0) return emptyContent();
  const { buffer, byteOffset, length } = saved.bytes(`${name}.bytes`);
  return {
    bytes: Buffer.from(buffer, byteOffset, length),
    ends,
    hashes: saved.words(`${name}.hashes`),
    slots: saved.words(`${name}.slots`),
    size: ends.length,
  };
}

/** A table with the given texts, which are different ones. */
export function createStringTable(start: Iterable<string> = []): StringTable {
  const table = tableOf(emptyContent());
  for (const text of start) table.add(text);
  return table;
}

/** The table that was saved under a name, or an empty one. It is used as it lies until a text is added. */
export const openStringTable = (saved: Saved, name: string): StringTable => tableOf(openContent(saved, name));

function tableOf(content: Content): StringTable {
  const find = (text: string): number | undefined => {
    const found = content.slots[slotOf(content, text, hashOf(text))] ?? 0;
    return found === 0 ? undefined : found - 1;
  };
  const add = (text: string): number => {
    const hash = hashOf(text);
    const known = content.slots[slotOf(content, text, hash)] ?? 0;
    if (known !== 0) return known - 1;
    const encoded = Buffer.from(text);
    makeRoom(content, encoded.length);
    const number = content.size;
    const begin = startOf(content, number);
    encoded.copy(content.bytes, begin);
    content.ends[number] = begin + encoded.length;
    content.hashes[number] = hash;
    content.slots[slotOf(content, text, hash)] = number + 1;
    content.size++;
    return number;
  };
  return {
    size: () => content.size,
    find,
    add,
    text: (number) =>
      number < content.size
        ? content.bytes.toString("utf8", startOf(content, number), content.ends[number])
        : "",
    firstByte: (number) => content.bytes[startOf(content, number)] ?? 0,
    pack: (name) => [
      [`${name}.bytes`, content.bytes.subarray(0, startOf(content, content.size)).slice()],
      [`${name}.ends`, content.ends.slice(0, content.size)],
      [`${name}.hashes`, content.hashes.slice(0, content.size)],
      [`${name}.slots`, content.slots.slice()],
    ],
  };
}
