import path from "node:path";
import type { Store } from "../../src/store/store.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Opens a store of one kind at a place; the same place again is the same data. */
export type OpenStore = (place: string, now?: () => Date) => Promise<Store>;

/** In milliseconds. */
export const DAY = 24 * 60 * 60 * 1000;

/** A place that holds nothing yet. */
export const place = async (): Promise<string> => path.join(await temporaryFolder(), "paperboy.sqlite");
