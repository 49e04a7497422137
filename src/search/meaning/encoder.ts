/** A direction for the meaning of a text: near ones mean alike. Of length 1, or all zeros where nothing is known of it. */
export type MeaningVector = Float32Array;

/** Whose vectors they are: those of encoders with another name or version have nothing in common. */
export interface EncoderFacts {
  readonly name: string;
  /** Changes with whatever changes vectors: the model, its words, how its numbers are pooled. */
  readonly version: string;
  /** Numbers of a vector: a multiple of 32. */
  readonly dimensions: number;
}

/** A model of language that turns texts into vectors of length 1. Both ways to encode wait until it is open. */
export interface Encoder {
  /** Makes it ready, once, however often it is called; rejects with a UserError where it cannot run. */
  readonly open: () => Promise<EncoderFacts>;
  /** The vectors of papers' texts, in their order; made beside other work, which goes first. */
  readonly encodePapers: (texts: readonly string[]) => Promise<readonly MeaningVector[]>;
  /** The vector of what somebody asks, at once. */
  readonly encodeQuery: (text: string) => Promise<MeaningVector>;
  /** Ends what it runs on. What is under way rejects; it may be opened again. */
  readonly close: () => Promise<void>;
}
