/** The flag IS_COMPONENTS_V2. */
const V2 = 32_768;
/** So many characters. */
export const x = (count: number): string => "x".repeat(count);
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

const button = (id: string, more: object = {}) => ({
  type: 2,
  style: 1,
  label: "Go",
  custom_id: id,
  ...more,
});
const row = (...components: object[]) => ({ type: 1, components });
const link = (more: object) => ({ type: 2, style: 5, label: "Go", ...more });
const select = (more: object = {}) => ({
  type: 3,
  custom_id: "s",
  options: [{ label: "A", value: "a" }],
  ...more,
});
/** A text display. */
export const display = (content: string) => ({ type: 10, content });
/** A message of components v2. */
export const v2 = (...components: object[]) => ({ flags: V2, components });
const buttons = (...components: object[]) => ({ content: "c", components: [row(...components)] });
const embed = (one: object) => ({ embeds: [one] });

const gallery = (count: number, description = "d") => ({
  type: 12,
  items: times(count, () => ({ media: { url: "https://a.b/c.png" }, description })),
});

/** Bodies that Discord refuses, with the name it gives the reason and where the reason sits. */
export const REFUSED: readonly [title: string, body: object, error: string, at: string][] = [
  ["content over 2000 characters", { content: x(2001) }, "BASE_TYPE_MAX_LENGTH", "content"],
  ["content that is no text", { content: 5 }, "STRING_TYPE_CONVERT", "content"],
  ["a misspelt property", { content: "c", contnet: "c" }, "UNKNOWN_PROPERTY", "contnet"],
  ["11 embeds", { embeds: times(11, () => ({ title: "t" })) }, "BASE_TYPE_MAX_LENGTH", "embeds"],
  ["an embed title over 256", embed({ title: x(257) }), "BASE_TYPE_BAD_LENGTH", "title"],
  ["an embed description over 4096", embed({ description: x(4097) }), "BASE_TYPE_BAD_LENGTH", "description"],
  ["an embed footer over 2048", embed({ footer: { text: x(2049) } }), "BASE_TYPE_BAD_LENGTH", "footer"],
  ["an embed author over 256", embed({ author: { name: x(257) } }), "BASE_TYPE_BAD_LENGTH", "author"],
  [
    "embeds over 6000 together",
    { embeds: [{ description: x(4000) }, { description: x(2001) }] },
    "MAX_EMBED_SIZE_EXCEEDED",
    "embeds",
  ],
  [
    "26 embed fields",
    embed({ fields: times(26, () => ({ name: "n", value: "v" })) }),
    "BASE_TYPE_MAX_LENGTH",
    "fields",
  ],
  ["an empty field value", embed({ fields: [{ name: "n", value: " " }] }), "BASE_TYPE_REQUIRED", "value"],
  [
    "a field name over 256",
    embed({ fields: [{ name: x(257), value: "v" }] }),
    "BASE_TYPE_BAD_LENGTH",
    "name",
  ],
  [
    "a field value over 1024",
    embed({ fields: [{ name: "n", value: x(1025) }] }),
    "BASE_TYPE_BAD_LENGTH",
    "value",
  ],
  ["an embed that shows nothing", embed({ color: 1 }), "BASE_TYPE_REQUIRED", "description"],
  ["an embed link of no scheme", embed({ title: "t", url: "arxiv" }), "URL_TYPE_INVALID_URL", "url"],
  ["an embed link to a file", embed({ title: "t", url: "file:///x" }), "URL_TYPE_INVALID_SCHEME", "url"],
  [
    "an embed date that is none",
    embed({ title: "t", timestamp: "today" }),
    "DATE_TIME_TYPE_PARSE",
    "timestamp",
  ],
  ["an embed colour out of range", embed({ title: "t", color: 0x1000000 }), "NUMBER_TYPE_MAX", "color"],
  [
    "6 action rows",
    { content: "c", components: times(6, (at) => row(button(`b${at}`))) },
    "BASE_TYPE_MAX_LENGTH",
    "components",
  ],
  [
    "6 buttons in a row",
    buttons(...times(6, (at) => button(`b${at}`))),
    "BASE_TYPE_BAD_LENGTH",
    "components",
  ],
  ["an empty row", buttons(), "BASE_TYPE_BAD_LENGTH", "components"],
  ["a select beside a button", buttons(button("b"), select()), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "1"],
  [
    "the same custom id twice",
    buttons(button("b"), button("b")),
    "COMPONENT_CUSTOM_ID_DUPLICATED",
    "custom_id",
  ],
  ["a custom id over 100", buttons(button(x(101))), "BASE_TYPE_BAD_LENGTH", "custom_id"],
  ["an empty custom id", buttons(button("")), "BASE_TYPE_BAD_LENGTH", "custom_id"],
  ["a label over 80", buttons(button("b", { label: x(81) })), "BASE_TYPE_MAX_LENGTH", "label"],
  [
    "a button that shows nothing",
    buttons(button("b", { label: "" })),
    "BUTTON_COMPONENT_INVALID_LABEL",
    "label",
  ],
  [
    "a button without custom id",
    buttons({ type: 2, style: 1, label: "Go" }),
    "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED",
    "custom_id",
  ],
  ["a button with both", buttons(button("b", { url: "https://a.b" })), "BUTTON_COMPONENT_INVALID_URL", "url"],
  ["a link button without url", buttons(link({})), "BUTTON_COMPONENT_URL_REQUIRED", "url"],
  [
    "a link button with custom id",
    buttons(link({ url: "https://a.b", custom_id: "b" })),
    "BUTTON_COMPONENT_INVALID_CUSTOM_ID",
    "custom_id",
  ],
  ["a link over 512", buttons(link({ url: `https://a.b/${x(501)}` })), "BASE_TYPE_BAD_LENGTH", "url"],
  ["an unknown button style", buttons(button("b", { style: 9 })), "BASE_TYPE_CHOICES", "style"],
  [
    "26 select options",
    buttons(select({ options: times(26, (at) => ({ label: "l", value: `${at}` })) })),
    "BASE_TYPE_BAD_LENGTH",
    "options",
  ],
  [
    "the same option value twice",
    buttons(select({ options: times(2, () => ({ label: "l", value: "v" })) })),
    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    "options",
  ],
  [
    "an option label over 100",
    buttons(select({ options: [{ label: x(101), value: "v" }] })),
    "BASE_TYPE_BAD_LENGTH",
    "label",
  ],
  ["a placeholder over 150", buttons(select({ placeholder: x(151) })), "BASE_TYPE_MAX_LENGTH", "placeholder"],
  [
    "min_values over max_values",
    buttons(select({ min_values: 2 })),
    "SELECT_COMPONENT_MIN_VALUES_EXCEEDED",
    "min_values",
  ],
  ["a text display without the v2 flag", { components: [display("t")] }, "UNION_TYPE_CHOICES", "components"],
  [
    "content beside components v2",
    { ...v2(display("t")), content: "c" },
    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    "content",
  ],
  [
    "embeds beside components v2",
    { ...v2(display("t")), embeds: [{ title: "t" }] },
    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    "embeds",
  ],
  [
    "41 components v2",
    v2(...times(41, () => ({ type: 14 }))),
    "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    "components",
  ],
  [
    "41 components v2 with the nested ones",
    v2({ type: 17, components: times(40, () => ({ type: 14 })) }),
    "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    "components",
  ],
  [
    "text displays over 4000 together",
    v2(display(x(2000)), display(x(2001))),
    "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    "components",
  ],
  ["an empty text display", v2(display("")), "BASE_TYPE_REQUIRED", "content"],
  ["a bare button as component v2", v2(button("b")), "UNION_TYPE_CHOICES", "type"],
  [
    "a container in a container",
    v2({ type: 17, components: [{ type: 17, components: [] }] }),
    "UNION_TYPE_CHOICES",
    "type",
  ],
  [
    "a section of 4 texts",
    v2({ type: 9, components: times(4, () => display("t")), accessory: button("b") }),
    "BASE_TYPE_BAD_LENGTH",
    "components",
  ],
  [
    "a section without accessory",
    v2({ type: 9, components: [display("t")] }),
    "BASE_TYPE_REQUIRED",
    "accessory",
  ],
  [
    "the same component id twice",
    v2({ type: 14, id: 7 }, { type: 14, id: 7 }),
    "COMPONENT_ID_DUPLICATED",
    "id",
  ],
  [
    "an id in parse and in the list",
    { content: "c", allowed_mentions: { parse: ["users"], users: ["110000000000000000"] } },
    "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    "allowed_mentions",
  ],
  [
    "an unknown kind of mention",
    { content: "c", allowed_mentions: { parse: ["here"] } },
    "BASE_TYPE_CHOICES",
    "parse",
  ],
  [
    "101 users in allowed mentions",
    { content: "c", allowed_mentions: { users: times(101, () => "110000000000000000") } },
    "BASE_TYPE_MAX_LENGTH",
    "users",
  ],
  [
    "the camel case of discord.js in allowed mentions",
    { content: "c", allowed_mentions: { repliedUser: false } },
    "UNKNOWN_PROPERTY",
    "repliedUser",
  ],
  [
    "an option value over 100",
    buttons(select({ options: [{ label: "l", value: x(101) }] })),
    "BASE_TYPE_BAD_LENGTH",
    "value",
  ],
  [
    "an option description over 100",
    buttons(select({ options: [{ label: "l", value: "v", description: x(101) }] })),
    "BASE_TYPE_MAX_LENGTH",
    "description",
  ],
  ["11 pictures in a gallery", v2(gallery(11)), "BASE_TYPE_BAD_LENGTH", "items"],
  ["a picture described in over 1024", v2(gallery(1, x(1025))), "BASE_TYPE_MAX_LENGTH", "description"],
  [
    "11 attachments",
    { content: "c", attachments: times(11, (at) => ({ id: `${at}` })) },
    "BASE_TYPE_MAX_LENGTH",
    "attachments",
  ],
  [
    "an attachment described in over 1024",
    { content: "c", attachments: [{ id: "0", description: x(1025) }] },
    "BASE_TYPE_MAX_LENGTH",
    "description",
  ],
  ["a flag that apps cannot set", { content: "c", flags: 2 }, "BASE_TYPE_CHOICES", "flags"],
];

/** Bodies at the edge of what is let through. */
export const ALLOWED: readonly [title: string, body: object][] = [
  ["content of 2000 characters", { content: x(2000) }],
  ["embeds of 6000 together", { embeds: [{ description: x(4000) }, { description: x(2000) }] }],
  [
    "5 rows of 5 buttons",
    { content: "c", components: times(5, (r) => row(...times(5, (b) => button(`${r}-${b}`)))) },
  ],
  ["40 components v2", v2({ type: 17, components: times(39, () => ({ type: 14 })) })],
  ["text displays of 4000 together", v2(display(x(2000)), display(x(2000)))],
  ["null for what is left out", { content: "c", embeds: null, components: null }],
];
