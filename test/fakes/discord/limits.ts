/**
 * What Discord enforces, in characters or items unless the name says otherwise. The comments name the page of
 * Discord's developer documentation each number comes from. Characters are counted in UTF-16 units, the strictest
 * reading: what fits here fits in code points too.
 */
export const LIMITS = {
  // resources/message
  content: 2000,
  embeds: 10,
  embedsTotal: 6000,
  embedTitle: 256,
  embedDescription: 4096,
  embedFields: 25,
  embedFieldName: 256,
  embedFieldValue: 1024,
  embedFooter: 2048,
  embedAuthor: 256,
  nonce: 25,
  allowedMentionIds: 100,
  stickers: 3,
  attachments: 10,
  attachmentDescription: 1024,
  /** Bytes of one file without server boosts: reference#uploading-files and `attachment_size_limit`. */
  attachmentBytes: 10_485_760,
  /** Bytes of one request: reference#uploading-files. */
  requestBytes: 26_214_400,

  // components/reference
  legacyRows: 5,
  rowButtons: 5,
  customId: 100,
  buttonLabel: 80,
  buttonUrl: 512,
  selectOptions: 25,
  optionLabel: 100,
  optionValue: 100,
  optionDescription: 100,
  placeholder: 150,
  v2Components: 40,
  v2Text: 4000,
  /** Bytes of UTF-8 text plus 12 for each text display, above which the server answers 500: api-docs issue 8554. */
  v2TextBytes: 10_170,
  v2TextDisplayBytes: 12,
  sectionTexts: 3,
  galleryItems: 10,
  mediaDescription: 1024,
  modalTitle: 45,
  modalComponents: 5,
  labelText: 45,
  labelDescription: 100,
  textInput: 4000,
  textInputPlaceholder: 100,
  radioOptions: 10,
  checkboxOptions: 10,
  uploadFiles: 10,

  // interactions/receiving-and-responding
  autocompleteChoices: 25,
  choiceName: 100,
  choiceValue: 100,
  userInstallFollowUps: 5,

  // interactions/application-commands
  slashCommands: 100,
  contextCommands: 15,
  entryPointCommands: 1,
  commandName: 32,
  commandDescription: 100,
  commandOptions: 25,
  commandChoices: 25,
  commandSize: 8000,
  optionTextLength: 6000,

  // topics/threads, resources/channel
  threadName: 100,

  // events/gateway
  gatewayPayloadBytes: 4096,
  gatewaySendsPerMinute: 120,
};
