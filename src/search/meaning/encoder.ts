/** The stems of a text and how often each counts. */
export type StemCounts = Iterable<readonly [stem: string, count: number]>;

/** A direction for the meaning of a text: near ones mean alike. Of length 1, or all zeros where nothing is known of it. */
export type MeaningVector = Float32Array;

/** What turns texts into vectors. Vectors of encoders with another name or version have nothing in common. */
export interface Encoder {
  readonly name: string;
  readonly version: string;
  /** Numbers of a vector: a multiple of 32. */
  readonly dimensions: number;
  /** Resolves when texts can be encoded; rejects where the encoder's files cannot be read. */
  readonly ready: () => Promise<void>;
  /** The vector of a text; only when it is ready. */
  readonly encode: (stems: StemCounts) => MeaningVector;
  /** How near a stem is to a vector: the cosine, 0 for an unknown stem; only when it is ready. */
  readonly nearness: (stem: string, vector: MeaningVector) => number;
}
