import { LIMITS } from "../limits.ts";
import { address, list, oneOf, record, text, truth, typed, type Check } from "./shape.ts";

/** A plain_text object: no markup in it is read. */
export function plain(max: number): Check {
  return typed({ plain_text: record({ needs: { text: text(max) }, may: { emoji: truth } }) });
}

/** A mrkdwn object. */
export function mrkdwn(max: number): Check {
  return typed({ mrkdwn: record({ needs: { text: text(max) }, may: { verbatim: truth } }) });
}

/** A text object of either kind. */
export function anyText(max: number): Check {
  return typed({
    plain_text: record({ needs: { text: text(max) }, may: { emoji: truth } }),
    mrkdwn: record({ needs: { text: text(max) }, may: { verbatim: truth } }),
  });
}

/** A confirmation dialog: composition-objects/confirmation-dialog-object. */
export const confirm: Check = record({
  needs: { text: anyText(LIMITS.confirmText) },
  may: {
    title: plain(LIMITS.confirmTitle),
    confirm: plain(LIMITS.confirmButton),
    deny: plain(LIMITS.confirmButton),
    style: oneOf("primary", "danger"),
  },
});

/** An option; select and overflow menus show plain text only, and only overflow menus know `url`. */
export function option(kind: "plain" | "any" | "overflow"): Check {
  return record({
    needs: {
      text: (kind === "any" ? anyText : plain)(LIMITS.optionText),
      value: text(LIMITS.optionValue),
    },
    may: {
      description: (kind === "any" ? anyText : plain)(LIMITS.optionDescription),
      ...(kind === "overflow" ? { url: address(LIMITS.buttonUrl) } : {}),
    },
  });
}

/** A group of options of a select menu. */
export const optionGroup: Check = record({
  needs: { label: plain(LIMITS.groupLabel), options: list(option("plain"), LIMITS.options) },
});

/** A picture in a context block, an accessory, or a block of its own; `alt_text` is always needed. */
export function image(more: Readonly<Record<string, Check>> = {}): Check {
  const slackFile = record({ may: { id: text(LIMITS.id), url: address(LIMITS.imageUrl) } });
  return record({
    needs: { alt_text: text(LIMITS.altText) },
    may: { image_url: address(LIMITS.imageUrl), slack_file: slackFile, ...more },
    also: (value, path, problems) => {
      if ((value["image_url"] === undefined) === (value["slack_file"] === undefined)) {
        problems.push(`[ERROR] needs either image_url or slack_file [json-pointer:${path}]`);
      }
    },
  });
}
