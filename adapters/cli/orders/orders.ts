import { archiveOrder } from "./state/archive-order.ts";
import { backupOrder } from "./state/backup-order.ts";
import { compactOrder } from "./state/compact-order.ts";
import { digestOrder } from "./digest-order.ts";
import { doctorOrder } from "./doctor-order.ts";
import { encoderOrder } from "./encoder-order.ts";
import { ingestOrder } from "./ingest-order.ts";
import { keyOrder } from "./state/key-order.ts";
import { migrateOrder } from "./state/migrate-order.ts";
import { mcpOrder } from "./mcp-order.ts";
import { forgetOrder } from "./state/forget-order.ts";
import type { ProgramOrder } from "./order.ts";
import { restoreOrder } from "./state/restore-order.ts";
import { removeOrder } from "./state/remove-order.ts";
import { settingsOrder } from "./state/settings-order.ts";
import { rekeyOrder } from "./state/rekey-order.ts";

/** All orders of the program that are no commands of the bot, as `paperboy --help` lists them. */
export const programOrders: readonly ProgramOrder[] = [
  ingestOrder,
  removeOrder,
  compactOrder,
  digestOrder,
  backupOrder,
  restoreOrder,
  settingsOrder,
  migrateOrder,
  rekeyOrder,
  forgetOrder,
  doctorOrder,
  encoderOrder,
  mcpOrder,
  keyOrder,
  archiveOrder,
];
