import type { PaperMap } from "./map/paper-map.ts";
import type { Trend } from "./trend/trend.ts";

/** What a picture shows, before it is drawn. */
export type Chart =
  { readonly kind: "trend"; readonly trend: Trend } | { readonly kind: "map"; readonly map: PaperMap };

/** A picture beside a reply. */
export interface Picture {
  /** Of its file, without an ending. */
  readonly name: string;
  /** What it shows, for those who do not see it: at most 1,000 characters. */
  readonly alt: string;
  readonly chart: Chart;
}
