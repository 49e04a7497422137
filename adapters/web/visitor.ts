import type { Caller } from "../../src/bot/command.ts";

/** Whoever looks at a page: visitors are not told apart, so that none sees what another one asked. */
export const VISITOR: Caller = { platform: "web", user: "visitor", passing: true };
