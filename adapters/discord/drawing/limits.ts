/**
 * Discord's limits, each with where it is documented below docs.discord.com/developers. Lengths are in UTF-16 units,
 * which is at least what Discord counts.
 */
export const LIMITS = {
  /** resources/message and pull request 8562 of discord-api-docs: over all text displays of a message. */
  text: 4000,
  /** Issue 8554 of discord-api-docs: more UTF-8 bytes than this, with 12 for each text display, is answered by a 500. */
  textBytes: 10_170,
  bytesPerDisplay: 12,
  /** interactions/application-commands: characters of a command with all that is in it, and of a description. */
  command: 8000,
  optionDescription: 100,
  /** components/reference: components of a message, nested ones included. */
  components: 40,
  /** components/reference: action row, button, string select, section. */
  rowButtons: 5,
  /** reference/message, attachment object: the text for those who do not see a picture. */
  description: 1024,
  customId: 100,
  buttonLabel: 80,
  buttonUrl: 512,
  selectOptions: 25,
  optionLabel: 100,
  optionValue: 100,
  placeholder: 150,
  /** interactions/application-commands: choices of an autocomplete, their names and values. */
  choices: 25,
  choiceName: 100,
  choiceValue: 100,
  /** interactions/application-commands: option of type STRING. */
  optionLength: 6000,
} as const;

/** What a text takes of the budget for texts: its length, or more where its UTF-8 form would break the other limit. */
export function textCost(text: string): number {
  const bytes = Buffer.byteLength(text);
  // 4,000 characters may have 9,600 bytes, which leaves room for 40 displays.
  return Math.max(text.length, Math.ceil(bytes / 2.4));
}
