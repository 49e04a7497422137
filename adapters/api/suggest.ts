import type { Context } from "hono";
import type { Bot } from "../../src/bot/bot.ts";
import type { Command } from "../../src/bot/command.ts";
import type { Described } from "./document.ts";
import { SUGGEST } from "./operations.ts";
import type { Parameter } from "./parameters.ts";
import { parametersOf, readParameters } from "./parameters.ts";

const answer = {
  type: "object",
  properties: {
    suggestions: {
      type: "array",
      items: {
        type: "object",
        properties: {
          label: { type: "string", description: "As people read it" },
          value: { type: "string", description: "What the other operations then take" },
        },
        required: ["label", "value"],
        additionalProperties: false,
      },
    },
  },
  required: ["suggestions"],
  additionalProperties: false,
};

/** What completes the title that somebody is typing. It is no command: a chat asks its bot the same while somebody types. */
export function suggestOperation(
  bot: Bot,
  commandNamed: (bot: Bot, name: string) => Command,
): { readonly described: Described; readonly answer: (context: Context) => Promise<Response> } {
  const { id, path, command, option, limit } = SUGGEST;
  const completed = parametersOf(commandNamed(bot, command)).find(({ name }) => name === option);
  if (completed === undefined) throw new Error(`The command ${command} has no option ${option}`);
  const count = `Suggestions at most; ${limit.usual} where nothing is said`;
  const parameters: readonly Parameter[] = [
    {
      name: "text",
      required: true,
      schema: { ...completed.schema, description: "The beginning of a title, or some of its words" },
    },
    {
      name: "limit",
      required: false,
      schema: { type: "integer", description: count, minimum: 1, maximum: limit.most },
    },
  ];
  return {
    described: {
      id,
      path,
      summary: "Complete the title of a paper while somebody types it",
      description: "The best first; none where no title has the words.",
      parameters,
      example: { text: "curriculum lear" },
      answer,
      pages: false,
    },
    answer: async (context) => {
      const args = readParameters(parameters, new URL(context.req.url).searchParams);
      const text = args["text"] ?? "";
      const found = await bot.complete({ command, option, text }, Number(args["limit"] ?? limit.usual));
      return context.json({ suggestions: found });
    },
  };
}
