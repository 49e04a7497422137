import { sql } from "kysely";

/** A part of a body; null where the body cannot be read. */
export const bodyPart = (path: string) =>
  sql<string | number | null>`case when json_valid(body) then json_extract(body, ${path}) end`;
