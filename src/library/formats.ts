import { INDEX_VERSION } from "../search/embedded/saved/index-layout.ts";
import { RECORD_FORMAT } from "./record/record-format.ts";

/** The forms of what a library keeps on the disk. */
export const LIBRARY_FORMATS = { papers: RECORD_FORMAT, index: INDEX_VERSION } as const;
