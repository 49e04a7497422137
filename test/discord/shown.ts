import type { Message } from "../fakes/discord/world.ts";

/** The components of a message, nested ones included. */
export function components(message: Message | undefined): Record<string, unknown>[] {
  const all: Record<string, unknown>[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      if ("type" in value) all.push(value);
      Object.values(value).forEach(visit);
    }
  };
  visit(message?.components);
  return all;
}

/** The custom id of a button. */
export function idOf(message: Message | undefined, label: string): string {
  const found = components(message).find(
    (one) => one["label"] === label && typeof one["custom_id"] === "string",
  );
  if (found === undefined) throw new Error(`There is no button ${label}`);
  return String(found["custom_id"]);
}

/** The menu of a message, and what there is to choose. */
export function menuOf(message: Message | undefined): { id: string; values: string[] } {
  const found = components(message).find((one) => one["type"] === 3);
  const options = (found?.["options"] ?? []) as { value: string }[];
  return { id: String(found?.["custom_id"]), values: options.map(({ value }) => value) };
}

/** A message that has to be there. */
export function need(message: Message | undefined): Message {
  if (message === undefined) throw new Error("There is no message");
  return message;
}
