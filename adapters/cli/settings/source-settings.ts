import { withoutAbsent } from "../../../src/corpus/merging/fields.ts";
import { checkFeedHost } from "../../../src/sources/feed/feed-host.ts";
import { readCompleting, readFetching } from "../sources/lookup-names.ts";
import { readFeedHosts, readSourceNames } from "../sources/source-names.ts";
import type { SourceSettings } from "../sources/sources.ts";
import { readUrl, setting } from "./values.ts";

/** Which sources are read by themselves, which services complete papers, and where they are. Throws a UserError for what is none of them. */
export function readSources(env: NodeJS.ProcessEnv): SourceSettings {
  const live = {
    contact: setting(env, "PAPERBOY_CONTACT"),
    huggingFaceUrl: readUrl(env, "PAPERBOY_HUGGINGFACE_URL"),
    arxivApiUrl: readUrl(env, "PAPERBOY_ARXIV_API_URL"),
    arxivFeedUrl: readUrl(env, "PAPERBOY_ARXIV_FEED_URL"),
    crossrefUrl: readUrl(env, "PAPERBOY_CROSSREF_URL"),
    dataCiteUrl: readUrl(env, "PAPERBOY_DATACITE_URL"),
    openAlexUrl: readUrl(env, "PAPERBOY_OPENALEX_URL"),
    openAlexKey: setting(env, "OPENALEX_API_KEY"),
    semanticScholarUrl: readUrl(env, "PAPERBOY_SEMANTIC_SCHOLAR_URL"),
    semanticScholarKey: setting(env, "SEMANTIC_SCHOLAR_API_KEY"),
    feedHosts: readFeedHosts("PAPERBOY_FEED_HOSTS", setting(env, "PAPERBOY_FEED_HOSTS")),
  };
  const names = readSourceNames("PAPERBOY_SOURCES", setting(env, "PAPERBOY_SOURCES"));
  for (const name of names) if (name.kind === "feed") checkFeedHost(name.url, live);
  const completing = readCompleting("PAPERBOY_COMPLETE", setting(env, "PAPERBOY_COMPLETE"));
  const named = [...(names.some(({ kind }) => kind === "arxiv") ? ["arxiv" as const] : []), ...completing];
  const fetching = readFetching("PAPERBOY_FETCH", setting(env, "PAPERBOY_FETCH"), [...new Set(named)]);
  return { names, completing, fetching, live: withoutAbsent<SourceSettings["live"]>(live) };
}
