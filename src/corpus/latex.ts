import unicodeit from "unicodeit";

/**
 * LaTeX of titles and abstracts as readable text. The symbols, accents and superscripts are
 * unicodeit's, asked for one command at a time: over a whole text it reads `\log` as `\l` + "og" and turns every
 * hyphen into a minus sign. The structure (groups, fractions, wrappers) is taken apart here. Abstracts are short
 * and often broken, so nothing is rejected: what is not understood loses its backslash and stays a word.
 */

/** Commands whose argument is kept as it is. Saved pages have often lost the backslash: `textbf{F}ine`. */
const WRAPPERS =
  "textbf|textit|textrm|texttt|textsc|textsf|text|emph|mathrm|mathbf|mathit|mathsf|mathtt|mathcal|mathbb|mathfrak|mathscr|boldsymbol|bm|operatorname|underline|overline|mbox|url|hbox";

/** Commands that only change the type or the spacing of what follows. */
const SILENT = new Set(
  "left right big Big bigg Bigg displaystyle textstyle limits nolimits em it bf rm sc sf tt cal bfseries itshape noindent centering item quad qquad".split(
    " ",
  ),
);

/** Names and short forms that unicodeit lacks. */
const NAMED: Readonly<Record<string, string>> = {
  eps: "ε",
  eg: "e.g.",
  ie: "i.e.",
  etal: "et al.",
  lg: "lg",
  tOmega: "Ω",
};

/** Letters of names that unicodeit lacks or takes for signs. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ["L", "Ł"],
  ["dh", "ð"],
  ["i", "ı"],
  ["j", "ȷ"],
]);

/** unicodeit tries some 2,500 replacements for each command, so answers are kept, up to this many. */
const REMEMBERED_SYMBOLS = 5000;
const symbols = new Map<string, string>();

/** What unicodeit makes of one command; undefined when it knows none. */
function symbol(tex: string): string | undefined {
  let found = symbols.get(tex);
  if (found === undefined) {
    found = unicodeit.replace(tex);
    if (symbols.size < REMEMBERED_SYMBOLS) symbols.set(tex, found);
  }
  // An unknown `\name` comes back with its backslash, or with a known shorter command replaced inside it.
  return found === tex || /[\\A-Za-z]{2}/.test(found) ? undefined : found;
}

function command(name: string): string {
  if (SILENT.has(name)) return "";
  return (
    LETTERS.get(name) ?? symbol(`\\${name}`) ?? (Object.hasOwn(NAMED, name) ? NAMED[name] : undefined) ?? name
  );
}

/** A superscript or subscript in small characters where every one exists, else in plain ones. */
function script(mark: string, body: string): string {
  const small = Array.from(symbol(`${mark}{${body}}`) ?? "");
  const full = Array.from(body);
  if (full.length > 0 && small.length === full.length && small.every((char, i) => char !== full[i])) {
    return small.join("");
  }
  return full.length > 1 && mark === "^" ? `^(${body})` : mark + body;
}

const plain = (text: string): string => text.replace(/[{}]/g, "");

/** Takes one level of groups apart; a group is innermost when it holds no other. */
function unwrap(text: string): string {
  return (
    text
      // Before the braces go, for `\Lukasz` would be one command.
      .replace(/\{\\([A-Za-z]{1,2})\}/g, (all, name: string) => LETTERS.get(name) ?? all)
      .replace(/\\(["'`^~=.uvHckrdbt])\s*\{(\\?[A-Za-z])\}/g, (_all, mark: string, letter: string) =>
        accent(mark, letter),
      )
      .replace(
        /\\(?:d|t)?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g,
        (_all, over: string, under: string) => `${over}/${under}`,
      )
      .replace(/\\sqrt\s*\{([^{}]*)\}/g, (_all, body: string) =>
        body.length > 1 ? `√(${body})` : `√${body}`,
      )
      .replace(/\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, "$2")
      .replace(/~?\\(?:cite|citep|citet|ref|label|footnote)\s*\{[^{}]*\}/g, "")
      .replace(
        new RegExp(
          String.raw`\\(?:${WRAPPERS})\s*\{([^{}]*)\}|\b(?:textbf|textit|texttt|textsc|emph|mathcal|mathbf|mathbb|mathrm)\{([^{}]*)\}`,
          "g",
        ),
        (_all, one?: string, two?: string) => one ?? two ?? "",
      )
      .replace(/([\^_])\{([^{}]*)\}/g, (_all, mark: string, body: string) => script(mark, commands(body)))
      .replace(/(?<![\\A-Za-z^_]|\\[A-Za-z]+ )\{([^{}]*)\}/g, "$1")
  );
}

function accent(mark: string, letter: string): string {
  const bare = letter.replace("\\", "");
  return (symbol(`\\${mark}{${bare}}`) ?? bare).normalize("NFC");
}

/** Replaces `\name` and `\,` style commands. */
function commands(text: string): string {
  return text
    .replace(/\\(["'`^~=.])\s*(\\?[A-Za-z])/g, (_all, mark: string, letter: string) => accent(mark, letter))
    .replace(/\\([A-Za-z]+) ?/g, (all, name: string) => {
      const read = command(name);
      // The space after a command only ends its name, save where words would run into each other.
      return read !== "" && all.endsWith(" ") ? `${read} ` : read;
    })
    .replace(/\\[,;:!> ]/g, " ")
    .replace(/\\([()[\]])/g, "")
    .replace(/\\(.)/g, "$1");
}

/** Deeper nesting than this is no formula of an abstract; what is left of it is stripped of its braces. */
const MAX_DEPTH = 8;

/** The text with its LaTeX made readable: `$O(n^2 \log n)$` -> `O(n² log n)`. Text without LaTeX comes back as it is. */
export function latexToText(text: string): string {
  if (!/[\\$^{]/.test(text)) return text;
  let current = text.replace(/\\([{}])/g, (_all, brace: string) => (brace === "{" ? "\u2774" : "\u2775"));
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const next = unwrap(current);
    if (next === current) break;
    current = next;
  }
  current = current
    .replace(/\^([A-Za-z0-9+])(?![A-Za-z0-9])/g, (_all, body: string) => script("^", body))
    .replace(/\^(\d)/g, (_all, body: string) => script("^", body));
  return plain(commands(dropMathDelimiters(current)))
    .replace(/\u2774/g, "{")
    .replace(/\u2775/g, "}");
}

/** Takes `$…$` and `$$…$$` away where they enclose a formula; a price such as "$5 and $7" keeps its signs. */
function dropMathDelimiters(text: string): string {
  return text.replace(
    /\$\$([^$]+)\$\$|(?<!\\)\$(?!\s)([^$]*?[^\s\\$])\$(?!\d)/g,
    (all, display?: string, inline?: string) => {
      const body = display ?? inline ?? "";
      return body.length > 400 ? all : body;
    },
  );
}
