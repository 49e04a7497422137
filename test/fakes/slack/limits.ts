/**
 * What Slack enforces, in characters or items unless the name says otherwise. The comments name the page of
 * docs.slack.dev or the type of @slack/types that each number comes from. Characters are counted in UTF-16 units, the
 * strictest reading.
 */
export const LIMITS = {
  // reference/methods/chat.postMessage, chat.update
  text: 40_000,
  updateText: 4000,
  /** Over all blocks; undocumented, the strictest of what was seen: bolt-js issues 2509 and 2867. */
  blocksTotal: 12_000,
  messageBlocks: 50,
  attachments: 100,
  markdownText: 12_000,
  /** Bytes of JSON: reference/metadata. */
  metadataBytes: 16_384,

  // reference/block-kit/blocks; @slack/types blocks
  sectionText: 3000,
  sectionFields: 10,
  sectionField: 2000,
  header: 150,
  contextElements: 10,
  actionElements: 25,
  contextActions: 5,
  inputLabel: 2000,
  imageUrl: 3000,
  altText: 2000,
  imageTitle: 2000,
  videoTitle: 200,
  videoUrl: 3000,
  tableRows: 100,
  tableColumns: 20,
  tableTotal: 10_000,
  cardTitle: 150,
  cardBody: 200,
  carouselCards: 10,
  containerTitle: 150,
  containerChildren: 10,

  // reference/block-kit/block-elements, composition-objects; @slack/types
  id: 255,
  buttonText: 75,
  buttonValue: 2000,
  buttonUrl: 3000,
  accessibilityLabel: 75,
  placeholder: 150,
  options: 100,
  optionGroups: 100,
  groupLabel: 75,
  optionText: 75,
  /** 150 on the page, 75 in @slack/types: the stricter of the two. */
  optionValue: 75,
  optionDescription: 75,
  overflowMin: 2,
  overflowMax: 5,
  choices: 10,
  inputMaxLength: 3000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  files: 10,

  // surfaces/modals, reference/views
  viewBlocks: 100,
  viewTitle: 24,
  privateMetadata: 3000,
  /** Bytes of JSON. */
  viewBytes: 250_000,
  viewStack: 3,

  // interactivity/handling-user-interaction
  responseUrlUses: 5,
  responseUrlLifeMs: 30 * 60_000,
  triggerLifeMs: 3000,
  ackMs: 3000,

  // apis/events-api/using-socket-mode
  connections: 10,

  // apis/events-api#retries: almost at once, after a minute, after five
  retryDelaysMs: [0, 60_000, 300_000],
};
