import type { Reply } from "../../src/bot/reply.ts";
import { filterRecord } from "../../src/bot/cards/filters.ts";
import type { DataSchema } from "../../src/bot/cards/record-schemas.ts";
import { drawChart } from "../../src/charts/draw.ts";
import type { Operation } from "./operations.ts";
import { Refusal } from "./problems.ts";

/** The reply of a command as the body of an answer. Throws a Refusal for one that is none. */
export function answerBody({ answers }: Operation, reply: Reply): object {
  const { tone, summary, data, list, document } = reply;
  if (tone === "missing")
    throw new Refusal({ status: 404, detail: summary, ...(data.length > 0 && { papers: data }) });
  if (tone !== "plain") throw new Refusal({ status: tone === "mistake" ? 422 : 500, detail: summary });
  switch (answers) {
    case "papers":
    case "digests":
      return {
        summary,
        ...(list ?? { page: 1, limit: 1, total: data.length }),
        [answers]: data,
        ...(reply.filters && { filters: reply.filters.map(filterRecord) }),
      };
    case "paper":
      return { paper: data[0] };
    case "citations":
      return { summary, citations: data, text: document?.text ?? "", notes: document?.notes ?? [] };
    case "trends":
      return { summary, trends: data, ...pictureOf(reply) };
    case "map":
      return { summary, papers: data, ...pictureOf(reply) };
  }
}

/** The picture of a reply, in words and drawn; nothing where it has none. */
const pictureOf = ({ picture }: Reply): object =>
  picture === undefined
    ? {}
    : { picture: { alt: picture.alt, svg: drawChart(picture.chart, { ownFont: true }) } };

const TEXT = { type: "string" };
const records = (schema: DataSchema["properties"][string]): object => ({ type: "array", items: schema });
const body = (
  properties: Readonly<Record<string, object>>,
  optional: Readonly<Record<string, object>> = {},
): object => ({
  type: "object",
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
  additionalProperties: false,
});

const filter = body(
  {
    by: { type: "string", enum: ["year", "organisation", "source"] },
    value: TEXT,
    active: { type: "boolean" },
  },
  {
    count: { type: "integer", minimum: 0, description: "Papers that are left with it" },
    query: { ...TEXT, description: "The search with it or, where it is active, without" },
  },
);

const picture = {
  ...body({
    alt: { ...TEXT, description: "What it shows, in words" },
    svg: {
      ...TEXT,
      description: "A whole document of SVG 1.1, without scripts and without links to elsewhere",
    },
  }),
  description: "The answer drawn; absent where there is nothing to draw",
};

/** The same as a schema; `record` is what the command says of its records. */
export function answerSchema({ answers }: Operation, record: object): object {
  const summary = { ...TEXT, description: "The answer in a sentence" };
  switch (answers) {
    case "papers":
    case "digests":
      return body(
        {
          summary,
          page: { type: "integer", minimum: 1 },
          limit: { type: "integer", minimum: 1 },
          total: { type: "integer", minimum: 0, description: "Of the whole list" },
          [answers]: records(record),
        },
        {
          title: { ...TEXT, description: "What the list is called, where somebody gave it a name" },
          filters: {
            ...records(filter),
            description: "What narrows the list down, or could; where it is asked for",
          },
        },
      );
    case "paper":
      return body({ paper: record });
    case "citations":
      return body({
        summary,
        citations: records(record),
        text: { ...TEXT, description: "All entries as one text, to be saved" },
        notes: { type: "array", items: TEXT, description: "What is to be said of it, outside of the text" },
      });
    case "trends":
      return body({ summary, trends: records(record) }, { picture });
    case "map":
      return body({ summary, papers: records(record) }, { picture });
  }
}
