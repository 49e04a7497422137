import { parsePaperId } from "../corpus/identifiers/paper-id.ts";
import type { PostedPaper } from "../store/kept/postings.ts";
import type { Reply } from "./reply.ts";

/** The papers that a reply shows, in their order, each once; none of a mistake, and of what only retells. */
export function papersCarried({
  tone,
  data,
  retells,
}: Pick<Reply, "tone" | "data" | "retells">): readonly PostedPaper[] {
  if (tone !== "plain" || retells === true) return [];
  const papers = new Map<string, PostedPaper>();
  for (const { id, title } of data)
    if (typeof id === "string" && typeof title === "string" && parsePaperId(id) !== undefined)
      papers.set(id, { paper: id, title });
  return [...papers.values()];
}
