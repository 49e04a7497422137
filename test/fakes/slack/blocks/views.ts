import { recordsOf, type Json } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { viewBlocks } from "./blocks.ts";
import { plain } from "./objects.ts";
import { complain, record, text, truth, typed, type Check } from "./shape.ts";

const common = {
  private_metadata: text(LIMITS.privateMetadata, 0),
  callback_id: text(LIMITS.id, 0),
  external_id: text(LIMITS.id, 0),
};

const needsSubmit = (value: Json, path: string, problems: string[]): void => {
  const asks = recordsOf(value["blocks"]).some((block) => block["type"] === "input");
  if (asks && value["submit"] === undefined) {
    complain(problems, path, "missing required field: submit (there are input blocks)");
  }
};

/** A modal: surfaces/modals, reference/views/modal-views. */
export const modalView: Check = typed({
  modal: record({
    needs: { title: plain(LIMITS.viewTitle), blocks: viewBlocks },
    may: {
      ...common,
      submit: plain(LIMITS.viewTitle),
      close: plain(LIMITS.viewTitle),
      clear_on_close: truth,
      notify_on_close: truth,
      submit_disabled: truth,
    },
    also: needsSubmit,
  }),
});

/** A Home tab: reference/views/home-tab-views. */
export const homeView: Check = typed({ home: record({ needs: { blocks: viewBlocks }, may: common }) });
