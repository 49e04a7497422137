import type { Count } from "../../../src/figures.ts";
import type { Library } from "../../../src/library/library.ts";
import type { LiveMachine } from "../../../src/sources/live.ts";

/** An index that tells how long questions to it took. */
export function countSearches(index: Library["index"], count: Count): Library["index"] {
  const timed = async <T>(of: "words" | "similar" | "beginnings", work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const answer = await work();
    count({ kind: "search", of, seconds: (performance.now() - began) / 1000 });
    return answer;
  };
  return {
    ...index,
    search: (query, window) => timed("words", () => index.search(query, window)),
    similar: (request, window) => timed("similar", () => index.similar(request, window)),
    suggest: (text, limit) => timed("beginnings", () => index.suggest(text, limit)),
  };
}

/** A machine that tells how the services that are asked answer, by their hosts, which settings and program name. */
export function countRequests(machine: LiveMachine, count: Count): LiveMachine {
  return {
    ...machine,
    async fetch(...request) {
      const [asked] = request;
      const service = new URL(asked instanceof Request ? asked.url : asked).host;
      try {
        const response = await machine.fetch(...request);
        count({ kind: "request", service, status: response.status });
        return response;
      } catch (error) {
        count({ kind: "request", service, status: "none" });
        throw error;
      }
    },
  };
}
