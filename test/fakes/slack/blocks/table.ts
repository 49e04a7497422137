import { LIMITS } from "../limits.ts";
import { richText } from "./rich-text.ts";
import { complain, list, oneOf, record, text, truth, typed, type Check } from "./shape.ts";

const number: Check = (value, path, problems) => {
  if (typeof value !== "number") complain(problems, path, "must be a number");
};

const cell = typed({
  raw_text: record({ needs: { text: text(LIMITS.tableTotal) } }),
  raw_number: record({ needs: { value: number, text: text(LIMITS.tableTotal) } }),
  rich_text: richText,
});

/** A table block: block-kit/blocks/table-block. */
export const table: Check = record({
  needs: { rows: list(list(cell, LIMITS.tableColumns), LIMITS.tableRows) },
  may: {
    block_id: text(LIMITS.id),
    column_settings: list(
      record({ may: { align: oneOf("left", "center", "right"), is_wrapped: truth } }),
      LIMITS.tableColumns,
    ),
  },
});
