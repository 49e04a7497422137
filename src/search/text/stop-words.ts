const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ""));

/** Function words of English: they are neither indexed nor searched. A longer list loses terms such as "second". */
export const STOP_WORDS = words(`
  a about above after again against all also am an and any are as at be because been before being below between both
  but by can could did do does doing down during each either etc few for from further had has have having he her here
  hers him his how i if in into is it its itself just let like may me might more most must my no nor not of off on
  once only or other our ours out over own per same she should so some such than that the their theirs them then
  there these they this those through to too under until up upon us very was we were what when where which while who
  whom whose why will with within without would you your yours via et al`);

/** Words that ask for papers: at the beginning of a query they are never the topic ("can you find me papers about"). */
const ASKING_WORDS = words(`
  paper papers article articles publication publications literature find show give recommend suggest looking look
  something anything tell want need know interested please get`);

/** Words that may belong to such a request or be the topic itself ("topic models", "search algorithms"). */
const REQUEST_WORDS = words(`
  search list got two work works research study studies topic topics related regarding concerning discuss
  discusses discussing deal deals dealing describe describes recent new latest`);

/** Words that may end a request: "curriculum learning papers, please". */
const CLOSING_WORDS = words("paper papers article articles please thanks");

function isRequestWord(word: string): boolean {
  return STOP_WORDS.has(word) || ASKING_WORDS.has(word) || REQUEST_WORDS.has(word);
}

/**
 * Where the topic of a query begins and ends among its words (lower case): a request in front and a courtesy behind
 * are left out. A request is a run of asking words, function words, and words that a function word follows.
 */
export function findTopic(typed: readonly string[]): readonly [start: number, end: number] {
  let end = typed.length;
  while (end > 0 && CLOSING_WORDS.has(typed[end - 1] ?? "")) end--;
  let start = 0;
  for (let at = 0; at < end && isRequestWord(typed[at] ?? ""); at++) {
    const isPart = ASKING_WORDS.has(typed[at] ?? "") || STOP_WORDS.has(typed[at + 1] ?? "");
    if (isPart && !STOP_WORDS.has(typed[at] ?? "")) start = at + 1;
  }
  return [Math.min(start, end), end];
}
