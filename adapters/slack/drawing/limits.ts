/**
 * Slack's limits, each with where it is documented: "types" is the JSDoc of @slack/types 3.2.0, "reference" lies below
 * docs.slack.dev/reference. Lengths are in UTF-16 units, which is at least what Slack counts.
 */
export const LIMITS = {
  /** reference/block-kit/blocks: blocks of a message, and of a modal or Home tab. */
  messageBlocks: 50,
  viewBlocks: 100,
  /**
   * chat.postMessage answers msg_blocks_too_long somewhere from 12,000 characters over all blocks (issues 2509 and 2867
   * of bolt-js; not documented); this keeps a distance.
   */
  messageText: 11_000,
  /** reference/methods/chat.postMessage: longer top-level text is cut from 40,000; about 4,000 are recommended. */
  fallbackText: 3000,
  /** types: text of a section. */
  sectionText: 3000,
  /** types: header block. */
  header: 150,
  /** types: elements of an actions block. */
  actionElements: 25,
  /** types: text, value and url of a button. */
  buttonText: 75,
  buttonValue: 2000,
  buttonUrl: 3000,
  /** types say 75 for the value of an option, the page says 150. */
  optionText: 75,
  optionValue: 75,
  /** types: options of a static select. */
  selectOptions: 100,
  placeholder: 150,
  /** types: label and hint of an input. */
  inputLabel: 2000,
  /** types: longest max_length of a plain text input. */
  inputLength: 3000,
  /** reference/views: title, submit and close of a modal. */
  viewTitle: 24,
} as const;
