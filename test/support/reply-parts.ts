import type { Button, Reply } from "../../src/bot/reply.ts";

type RunButton = Extract<Button, { kind: "run" }>;

/** The headings of a reply's cards, as text. */
export function headings(reply: Reply): string[] {
  return reply.cards.flatMap(({ heading }) =>
    heading === undefined ? [] : [heading.map(({ text }) => text).join("")],
  );
}

/** The buttons of a reply that run a command. */
export function runButtons(reply: Reply): RunButton[] {
  return reply.cards.flatMap((card) => card.buttons.filter((button) => button.kind === "run"));
}

/** The button that a key presses; throws where there is none. */
export function buttonOf(reply: Reply, key: string): RunButton {
  const button = runButtons(reply).find((one) => one.key === key);
  if (button === undefined) throw new Error(`no button ${key}`);
  return button;
}
