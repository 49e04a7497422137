import { FLAGS } from "../flags.ts";
import { recordOf, type Json } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { messageBody } from "./message.ts";
import { modal } from "./modal.ts";
import { bits, filledText, list, oneOf, record, text, type Check } from "./shape.ts";

/** Interaction types: interactions/receiving-and-responding#interaction-object-interaction-type. */
export const INTERACTION = { command: 2, component: 3, autocomplete: 4, modal: 5 };

/** Callback types of the same page, 1 (PONG, for HTTP only) and 12 (activities) left out. */
export const CALLBACK = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 };

const choice = record({
  required: {
    name: filledText(LIMITS.choiceName),
    value: (value, path, problems) => {
      if (typeof value !== "number") text({ min: 1, max: LIMITS.choiceValue })(value, path, problems);
    },
  },
  optional: { name_localizations: () => {} },
});

/** What is asked: the interaction's type, whether a component or a modal on a message caused it, and that message's flags. */
export interface Asked {
  readonly type: number;
  readonly onMessage: boolean;
  readonly flags: number;
}

function permitted({ type, onMessage }: Asked): number[] {
  if (type === INTERACTION.autocomplete) return [CALLBACK.choices];
  const answers = [CALLBACK.message, CALLBACK.deferred];
  if (onMessage) answers.push(CALLBACK.deferredUpdate, CALLBACK.update);
  if (type !== INTERACTION.modal) answers.push(CALLBACK.modal);
  return answers;
}

function dataCheck(type: unknown, asked: Asked): Check | undefined {
  switch (type) {
    case CALLBACK.message:
      return messageBody({ kind: "interaction" });
    case CALLBACK.deferred:
      // Of a deferral only the ephemeral flag counts.
      return record({ optional: { flags: bits(FLAGS.ephemeral) } });
    case CALLBACK.update:
      return messageBody({ kind: "interaction-edit", flags: asked.flags });
    case CALLBACK.choices:
      return record({ required: { choices: list(choice, { max: LIMITS.autocompleteChoices }) } });
    case CALLBACK.modal:
      return modal;
    default:
      return undefined;
  }
}

/** The body of an interaction callback, for the interaction that it answers. */
export function callback(asked: Asked): Check {
  return (body, path, problems) => {
    const type = recordOf(body)["type"];
    const check = dataCheck(type, asked);
    const needsData = type !== CALLBACK.deferred && type !== CALLBACK.update && check !== undefined;
    const data: Record<string, Check> = check === undefined ? {} : { data: check };
    record({
      required: { type: oneOf(permitted(asked)), ...(needsData ? data : {}) },
      optional: needsData ? {} : data,
    })(body, path, problems);
  };
}

/** The `data` of a callback body. */
export function callbackData(body: Json): Json {
  return recordOf(body["data"]);
}
