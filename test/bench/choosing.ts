import { fileURLToPath } from "node:url";

/** Subscriptions that are due in the same minute. */
const SUBSCRIPTIONS = 10_000;

/** How long choosing and claiming takes on the first, second and thirtieth day, in a process of its own. */
export async function* measureChoosing(
  papers: number,
  node: (args: readonly string[]) => Promise<string>,
): AsyncGenerator<object> {
  const script = fileURLToPath(new URL("choosing-app.js", import.meta.url));
  const lines = await node([script, String(papers), String(SUBSCRIPTIONS)]);
  for (const line of lines.trim().split("\n")) yield JSON.parse(line) as object;
}
