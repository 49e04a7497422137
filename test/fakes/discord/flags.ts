/** Message flags: resources/message#message-object-message-flags. */
export const FLAGS = {
  suppressEmbeds: 1 << 2,
  hasThread: 1 << 5,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
};

/** Whether a bit set holds a bit. */
export function has(set: number, bit: number): boolean {
  return (set & bit) !== 0;
}
