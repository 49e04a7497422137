/** A paper of a map. */
export interface MapNode {
  readonly id: string;
  readonly title: string;
  /** Whether it was asked for; all others are near it. */
  readonly asked: boolean;
}

/** What two papers share. */
export interface MapEdge {
  /** Places of the two in the list of papers. */
  readonly ends: readonly [number, number];
  /** From 0 to 1. */
  readonly score: number;
  /** The most telling words first; may be empty. */
  readonly shared: readonly string[];
}

/** Papers, and which of them are near each other. */
export interface PaperMap {
  readonly papers: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}
