/** A paper as both fakes know it. */
export interface FakePaper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly { readonly name: string; readonly hidden: boolean }[];
  readonly categories: readonly [string, ...string[]];
  /** ISO instant of the first version. */
  readonly submitted: string;
  /** Day of arXiv's announcement. */
  readonly announced: string;
  /** Day on Hugging Face's list, where it came onto it. */
  readonly listed?: string;
  readonly upvotes: number;
  readonly comments: number;
  readonly doi?: string;
  readonly organisation?: { readonly name: string; readonly fullname: string };
}

/** Monday; the fortnight ends on Sunday, 15 March. */
const FIRST_DAY = "2026-03-02";
/** The day whose list fills more than one page. */
const BUSY_DAY = "2026-03-05";

const DAY_MS = 86_400_000;
const CATEGORIES = [
  ["cs.CL", "cs.AI"],
  ["cs.LG"],
  ["cs.CV", "cs.LG"],
  ["stat.ML"],
] as const satisfies readonly (readonly [string, ...string[]])[];
const TOPICS = ["Curriculum Learning", "Sparse Attention", "Masked Diffusion", "Speech Tokenizers"] as const;
const NAMES = ["Ada Lovelace", "Çağrı Öztürk", "María José García", "Łukasz Nowak", "Grace Hopper"] as const;

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Whether nothing is announced or listed on a day. */
export const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());

function nextWeekday(day: string): string {
  const next = addDays(day, 1);
  return isWeekend(next) ? nextWeekday(next) : next;
}

function paperOf(day: string, n: number, number: number): FakePaper {
  const topic = TOPICS[n % TOPICS.length] ?? TOPICS[0];
  const categories = CATEGORIES[n % CATEGORIES.length] ?? CATEGORIES[0];
  const announced = nextWeekday(day);
  const listed = n % 2 === 0 ? announced : undefined;
  return {
    id: `2603.${String(number).padStart(5, "0")}`,
    title: `${topic} at Scale:\n  Part ${number}`,
    abstract: `We study ${topic.toLowerCase()} with $O(n^2)$ cost & 5% fewer tokens than <baseline>; paper ${number}.`,
    authors: NAMES.slice(0, 1 + (n % NAMES.length)).map((name, i) => ({
      name,
      hidden: i === 1 && n % 4 === 2,
    })),
    categories,
    submitted: `${day}T${String(8 + (n % 12)).padStart(2, "0")}:30:05Z`,
    announced,
    ...(listed === undefined ? {} : { listed }),
    upvotes: (number * 7) % 140,
    comments: n % 5,
    ...(n % 6 === 1 ? { doi: `10.1145/${number}` } : {}),
    ...(n % 3 === 0 ? { organisation: { name: "nvidia", fullname: "NVIDIA Research" } } : {}),
  };
}

/** The papers of a fortnight, oldest first, the same in every run: 12 a weekday, and 260 on the day before the busy one. */
export function createWorld(): readonly FakePaper[] {
  const papers: FakePaper[] = [];
  for (let day = FIRST_DAY; day < "2026-03-16"; day = addDays(day, 1)) {
    if (isWeekend(day)) continue;
    const count = nextWeekday(day) === BUSY_DAY ? 260 : 12;
    for (let n = 0; n < count; n++) papers.push(paperOf(day, n, papers.length + 1));
  }
  return papers;
}
