import type { Paper } from "../../src/corpus/paper.ts";
import type { NameParts } from "../../src/corpus/names/person-name.ts";
import { displayName } from "../../src/corpus/names/person-name.ts";
import type { WorkType } from "../../src/corpus/publication.ts";
import { paperOf } from "./paper-of.ts";

/** Numbers from 0 up to, not including, 1, the same for a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NAMES: readonly NameParts[] = [
  { family: "Vaswani", given: "Ashish" },
  { family: "De Sa", given: "Christopher" },
  { family: "García López", given: "María José" },
  { family: "King", given: "Martin Luther", suffix: "Jr." },
  { family: "Guy", given: "Richard K.", suffix: "III" },
  { family: "Berg", given: "Jan", particle: "van der" },
  { family: "Oord", given: "Aäron", particle: "van den" },
  { family: "Hooft", given: "Gerard", particle: "'t" },
  { family: "Beethoven", given: "Ludwig", particle: "van" },
  { family: "Vallée Poussin", given: "Charles Jean", particle: "de la" },
  { family: "de Freitas", given: "Nando" },
  { family: "Åberg", given: "Örjan" },
  { family: "Erdős", given: "Pál" },
  { family: "Nguyễn", given: "Văn Thiện" },
  { family: "Kovář", given: "Čeněk" },
  { family: "Łukasiewicz", given: "Jan" },
  { family: "Ørsted", given: "Søren Åge" },
  { family: "Großmann", given: "Jürgen" },
  { family: "O'Neill", given: "Éamon" },
  { family: "İnönü", given: "Işıl" },
  { family: "Smith-Jones", given: "A.-B." },
  { family: "王", given: "小云" },
  { family: "Достоевский", given: "Фёдор" },
  { family: "hooks", given: "bell" },
  { family: "X", given: "Y" },
  { family: "García López" },
  { family: "Berg", given: "Jan", particle: "Van" },
  { family: "Alembert", given: "Jean", particle: "d'" },
  { family: "Anderson and Sons", given: "C." },
  { literal: "Google Research" },
  { literal: "The ATLAS Collaboration" },
  { literal: "Barnes and Noble, Inc." },
  { literal: "Research & Development #1 Team" },
  { literal: "OpenAI" },
];

const TITLES: readonly string[] = [
  "Attention Is All You Need",
  "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
  "DINOv2: Learning Robust Visual Features without Supervision",
  "β-VAE and the Γ function: a study of O(n log n) and O(n²)",
  "H₂O at 10⁻⁵ K: x̂ ≤ ŷ → ∞",
  "100% of R&D costs $5_000 ~ #1 {braces} \\ back^slash",
  "An unbalanced } brace and another {",
  'What Is “Truth”? – A ‘Quoted’ Title – and "straight" ones',
  "C++ -- and C# --- in the 'wild' ''again'' ``so``",
  "Über naïve façades: Nguyễn’s Ångström",
  "深度学习的综述",
  "Обучение с подкреплением",
  "Deep learning with Gaussian processes in Python",
  "A Survey on U-Net, Q-Learning and T5",
  "Is a < b > c | d? No! It is a@b.com; see §3 & (4)",
  "iPhone, eBay and LaTeX: McDonald's GPT-4 vs. LLaMA-2-7B",
  "ATTENTION IS STILL ALL YOU NEED",
  "On {B}races, [brackets] = and, commas; “and” others",
  "3D Gaussian Splatting for Real-Time Radiance Field Rendering",
  "🤗 Transformers: State-of-the-Art Natural Language Processing",
];

const TYPES: readonly WorkType[] = [
  "article",
  "article-journal",
  "article-magazine",
  "article-newspaper",
  "book",
  "chapter",
  "dataset",
  "document",
  "entry-encyclopedia",
  "manuscript",
  "paper-conference",
  "patent",
  "post-weblog",
  "report",
  "review",
  "software",
  "speech",
  "standard",
  "thesis",
  "webpage",
];

const PLACES = [
  "Advances in Neural Information Processing Systems 30",
  "Proceedings of the 2019 Conference of the North American Chapter of the ACL: HLT, Volume 1",
  "Journal of Machine Learning Research",
  "Science & Engineering (Part #2)",
  "Zeitschrift für Künstliche Intelligenz",
  "β: a journal of 100% proofs",
];

const DOIS = [
  "10.18653/v1/n19-1423",
  "10.1007/978-3-319-10602-1_48",
  "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o",
  "10.1000/182_a#b",
];

const ABSTRACT =
  "We show that 5 < 6 & 7 > 6, with 100% of the data; see https://example.org/~user/a_b#c. {Braces} and \\alpha stay.";

/** Papers with all types of works, hard names and titles, and all fields now and then: the same for a seed. */
export function generatedPapers(count: number, seed: number): readonly Paper[] {
  const random = randomOf(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const often = <T>(make: () => T): T | undefined => (random() < 0.6 ? make() : undefined);
  const number = (most: number): string => String(1 + Math.floor(random() * most));
  const twoDigits = (most: number): string => number(most).padStart(2, "0");
  const names = () => {
    const parts = Array.from({ length: 1 + Math.floor(random() * 5) }, () => pick(NAMES));
    return { kind: "named", names: parts.map(displayName), parts } as const;
  };
  return Array.from({ length: count }, (_, i): Paper => {
    const type = TYPES[i % TYPES.length] ?? "document";
    const year = 1950 + Math.floor(random() * 76);
    const date = pick([`${year}`, `${year}-${twoDigits(12)}`, `${year}-${twoDigits(12)}-${twoDigits(28)}`]);
    const arxiv =
      type === "article" || random() < 0.2 ? `2${number(3)}0${number(9)}.${10_000 + i}` : undefined;
    const said = {
      // The number keeps papers of one title apart.
      title: `${pick(TITLES)} ${i}`,
      type,
      date: often(() => date),
      arxiv,
      arxivClass: arxiv === undefined ? undefined : often(() => pick(["cs.CL", "math.CO", "hep-th"])),
      authors:
        random() < 0.9 ? { ...names(), ...(random() < 0.15 ? { others: true as const } : {}) } : undefined,
      editors: type === "chapter" || type === "paper-conference" ? often(names) : undefined,
      containerTitle: /^(?:article-|chapter|paper|entry|review)/.test(type) ? pick(PLACES) : undefined,
      collectionTitle: /^(?:book|chapter|paper)/.test(type) ? often(() => "Lecture Notes in C&S") : undefined,
      eventTitle: type === "paper-conference" ? often(() => `NAACL-HLT ${year}`) : undefined,
      volume: often(() => number(40)),
      issue: /^(?:article-|review)/.test(type) ? often(() => number(12)) : undefined,
      page: often(() => pick(["1–12", "4171–4186", "e1234", "XII–XVI", "7"])),
      number: /^(?:report|patent|standard)/.test(type) ? often(() => `TR-${number(999)}/a_b`) : undefined,
      edition: type === "book" ? often(() => "2") : undefined,
      publisher: type === "article" ? undefined : often(() => pick(["Springer", "Uni. Köln & Söhne", "ACM"])),
      publisherPlace: often(() => pick(["New York, NY", "Zürich"])),
      genre:
        type === "thesis" ? "PhD thesis" : type === "report" ? often(() => "Technical Report") : undefined,
      doi: often(() => pick(DOIS)),
      isbn: type === "book" ? often(() => "978-3-16-148410-0") : undefined,
      issn: type === "article-journal" ? often(() => "1533-7928") : undefined,
      urls: often(() => [pick(["https://example.org/~a/b_c?d=e&f=%7Bg%7D#h", "https://example.org/x"])]),
      language: often(() => pick(["en", "de"])),
      keywords: often(() => ["deep learning", "R&D", "β-VAE"]),
      abstract: often(() => ABSTRACT),
    };
    const known = Object.entries(said).filter(([, value]) => value !== undefined);
    return paperOf(Object.fromEntries(known) as unknown as Parameters<typeof paperOf>[0]);
  });
}
