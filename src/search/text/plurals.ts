/** Plurals of the field that no ending rule leads back to their singular (Greek, Latin and old English ones; acronyms in u). */
export const plurals: ReadonlyMap<string, string> = new Map(
  Object.entries({
    analyses: "analysis",
    apices: "apex",
    appendices: "appendix",
    automata: "automaton",
    axes: "axis",
    bacteria: "bacterium",
    calculi: "calculus",
    children: "child",
    corpora: "corpus",
    cortices: "cortex",
    crises: "crisis",
    criteria: "criterion",
    curricula: "curriculum",
    diagnoses: "diagnosis",
    equilibria: "equilibrium",
    extrema: "extremum",
    foci: "focus",
    formulae: "formula",
    helices: "helix",
    hypotheses: "hypothesis",
    indices: "index",
    ious: "iou",
    ipus: "ipu",
    lemmata: "lemma",
    loci: "locus",
    matrices: "matrix",
    maxima: "maximum",
    men: "man",
    metaanalyses: "metaanalysis",
    mice: "mouse",
    minima: "minimum",
    moduli: "modulus",
    momenta: "momentum",
    nuclei: "nucleus",
    optima: "optimum",
    parentheses: "parenthesis",
    phenomena: "phenomenon",
    polyhedra: "polyhedron",
    prognoses: "prognosis",
    quanta: "quantum",
    radii: "radius",
    schemata: "schema",
    simplices: "simplex",
    spectra: "spectrum",
    stimuli: "stimulus",
    symposia: "symposium",
    syntheses: "synthesis",
    theses: "thesis",
    vertices: "vertex",
    vortices: "vortex",
    women: "woman",
  }),
);

/**
 * The singular of a lower-case word where Porter 2 would miss it: of irregular plurals, and of acronyms. `llms` has no
 * vowel, and in `gpus`, `pdes` the only vowel stands right before the s, so that Porter 2 takes the s for a part of the
 * name (snowballstem.org/algorithms/english/stemmer.html, step 1a). Every other word as it is.
 */
export function singular(word: string): string {
  const irregular = plurals.get(word);
  if (irregular !== undefined) return irregular;
  return /^[^aeiouy]{2,}[aeiou]?s$/.test(word) && !word.endsWith("ss") ? word.slice(0, -1) : word;
}
