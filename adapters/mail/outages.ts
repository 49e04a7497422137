import type { Log } from "../../src/log.ts";
import { createTroubles } from "../../src/troubles.ts";
import type { SmtpSettings } from "./settings.ts";
import type { Handed } from "./smtp.ts";
import { serverName } from "./smtp.ts";

/** Whether the mail server can be worked with, told when that ends and begins. */
export interface Outages {
  readonly note: (handed: Handed) => void;
  readonly stands: () => boolean;
}

const TROUBLE = "server";

/** Nothing is wrong yet. */
export function createOutages(smtp: SmtpSettings, log: Pick<Log, "info" | "warn">): Outages {
  const troubles = createTroubles();
  const name = `The mail server ${serverName(smtp)}`;
  return {
    note(handed) {
      if (handed.kind === "later" && handed.operator === true)
        troubles.begins(TROUBLE, () =>
          log.warn(
            `${name} does not take mail: ${handed.said}. What is due is tried again, further and further apart; PAPERBOY_SMTP_URL and PAPERBOY_MAIL_FROM say how it is asked, and “paperboy doctor” asks it`,
          ),
        );
      // An answer about one address or one message says that all before it went well.
      else if (handed.kind !== "unknown") troubles.ends(TROUBLE, () => log.info(`${name} takes mail again`));
    },
    stands: () => troubles.known().length === 0,
  };
}
