import { operatorsDeed } from "../../../../src/store/kept/audit.ts";
import { UserError } from "../../../../src/user-error.ts";
import { escapeTerminal } from "../../../terminal/escape.ts";
import { openPapers } from "../../parts.ts";
import { openStore } from "../../state/open-store.ts";
import type { ExitCode } from "../../surroundings.ts";
import type { AtHand } from "../order.ts";

/** `paperboy migrate --to-opensearch`: makes the index in OpenSearch, beside one that is searched there already. */
export async function moveToOpenSearch({ settings, around, log }: AtHand): Promise<ExitCode> {
  const { search } = settings.library;
  if (search === undefined)
    throw new UserError(
      "PAPERBOY_SEARCH_URL is not set: set it to the OpenSearch that is meant, such as https://search.example.org:9200.",
    );
  const store = await openStore(settings, false, log);
  try {
    await store.audit.note(operatorsDeed({ action: "migrate", detail: "--to-opensearch" }));
  } finally {
    await store.close();
  }
  const { library, closePapers } = await openPapers(
    { ...settings, library: { ...settings.library, searchAnew: true } },
    log,
  );
  try {
    const count = await library.index.size();
    around.stdout.write(
      escapeTerminal(
        `OpenSearch at ${search.url} has ${count} papers now, in indices that begin with ${search.prefix}-. Bots search there while PAPERBOY_SEARCH_URL is set; leave it out, and they search by themselves again. The papers taken in stay where they are.`,
      ) + "\n",
    );
    return 0;
  } finally {
    await closePapers();
  }
}
