import { titlePieces } from "../capitals.ts";

/**
 * How far Unicode is written as LaTeX's commands. `none`: biblatex and biber take all of it. `symbols`: what pdfLaTeX has no
 * letter for, such as formulas. `names`: all accents too, since BibTeX knows bytes only: it would shorten `Étienne` to half a
 * letter, and take `Öst` for a particle.
 */
type Spelling = "none" | "symbols" | "names";

/** What LaTeX would read as a command or draw as another sign. */
const SPECIAL: Readonly<Record<string, string>> = {
  "\\": String.raw`\textbackslash{}`,
  "~": String.raw`\textasciitilde{}`,
  "^": String.raw`\textasciicircum{}`,
  // biber 2.18 makes `<{}` of `\textless{}`, which LaTeX's first encoding (OT1) draws as “¡”; signs of formulas it leaves.
  "<": "{$<$}",
  ">": "{$>$}",
  "|": "{$|$}",
  "&": String.raw`\&`,
  "%": String.raw`\%`,
  $: String.raw`\$`,
  "#": String.raw`\#`,
  _: String.raw`\_`,
  "{": String.raw`\{`,
  "}": String.raw`\}`,
};

/** Combining marks as LaTeX's accents over letters, and over letters of formulas. */
const ACCENTS: Readonly<Record<string, readonly [string, string | undefined]>> = {
  "\u0300": ["`", "grave"],
  "\u0301": ["'", "acute"],
  "\u0302": ["^", "hat"],
  "\u0303": ["~", "tilde"],
  "\u0304": ["=", "bar"],
  "\u0306": ["u", "breve"],
  "\u0307": [".", "dot"],
  "\u0308": ['"', "ddot"],
  "\u030A": ["r", "mathring"],
  "\u030B": ["H", undefined],
  "\u030C": ["v", "check"],
  "\u0323": ["d", undefined],
  "\u0327": ["c", undefined],
  "\u0328": ["k", undefined],
  "\u0331": ["b", undefined],
};

const LETTERS: Readonly<Record<string, string>> = {
  ß: String.raw`{\ss}`,
  æ: String.raw`{\ae}`,
  Æ: String.raw`{\AE}`,
  œ: String.raw`{\oe}`,
  Œ: String.raw`{\OE}`,
  ø: String.raw`{\o}`,
  Ø: String.raw`{\O}`,
  ł: String.raw`{\l}`,
  Ł: String.raw`{\L}`,
  ı: String.raw`{\i}`,
};

const words = (text: string): readonly string[] => text.split(" ");

/** Greek letters and signs by LaTeX's names, each pair as it stands. */
const SYMBOLS: ReadonlyMap<string, string> = new Map(
  words(
    "α alpha β beta γ gamma δ delta ϵ epsilon ε varepsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma τ tau υ upsilon ϕ phi φ varphi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Φ Phi Ψ Psi Ω Omega ≤ leq ≥ geq ≠ neq ≈ approx ∼ sim ≡ equiv → rightarrow ← leftarrow ↔ leftrightarrow ⇒ Rightarrow ∞ infty ∈ in ∉ notin ⊂ subset ⊆ subseteq ∪ cup ∩ cap ∀ forall ∃ exists ∂ partial ∇ nabla ∑ sum ∏ prod ∫ int ℓ ell ‖ | ∝ propto ⊗ otimes ⊕ oplus ∘ circ ≪ ll ≫ gg",
  ).flatMap((sign, i, all): [string, string][] => (i % 2 === 0 ? [[sign, `\\${all[i + 1] ?? ""}`]] : [])),
);

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙ";
const ASCII_SCRIPTS = "0123456789+-()n";

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text);

/** A letter with its marks as a command, `{\'e}`, `{\~{\^e}}`; undefined where LaTeX has none for it. */
function accented(letter: string): string | undefined {
  const [base = "", ...marks] = letter.normalize("NFD");
  if (!/^[a-z]$/i.test(base) || marks.length === 0) return undefined;
  const commands = marks.map((mark) => ACCENTS[mark]);
  if (commands.includes(undefined)) return undefined;
  return commands.reduce<string>((inner, command) => {
    const [sign = ""] = command ?? [];
    const argument =
      inner === base && !/[a-z]/i.test(sign) ? inner : `{${inner.replace(/^\{(.*)\}$/, "$1")}}`;
    return `{\\${sign}${argument}}`;
  }, base);
}

/** A letter of a formula with a mark that no letter of a word has: x̂. */
function marked(letter: string): string | undefined {
  const [base = "", mark = "", ...more] = letter.normalize("NFD");
  const command = ACCENTS[mark]?.[1];
  if (!/^[a-z]$/i.test(base) || more.length > 0 || command === undefined) return undefined;
  return `{$\\${command}{${base}}$}`;
}

/** Signs above or below the line, several as one. */
function script(run: string): string {
  const up = SUPERSCRIPTS.includes(run.charAt(0));
  const from = up ? SUPERSCRIPTS : SUBSCRIPTS;
  const inner = Array.from(run, (sign) => ASCII_SCRIPTS[from.indexOf(sign)] ?? sign).join("");
  return `{$${up ? "^" : "_"}{${inner}}$}`;
}

/** Letters of Latin scripts that LaTeX's input has without packages (Latin-1 and Latin Extended-A). */
const isKnownLetter = (letter: string): boolean => letter.length === 1 && letter <= "\u017F";

/** A sign of Unicode, with its marks, as a spelling has it. */
function spelt(sign: string, spelling: Spelling): string {
  if (spelling === "none") return sign;
  if (spelling === "names") return LETTERS[sign] ?? accented(sign) ?? sign;
  const symbol = SYMBOLS.get(sign);
  if (symbol !== undefined) return `{$${symbol}$}`;
  if (isKnownLetter(sign)) return sign;
  return (sign.length > 1 ? marked(sign) : accented(sign)) ?? sign;
}

const SCRIPT_RUN = new RegExp(`[${SUPERSCRIPTS}]+|[${SUBSCRIPTS}]+`, "gu");

/** Signs that LaTeX joins into one: `--`, two grave accents, two apostrophes. */
const LIGATURE = /-(?=-)|`(?=`)|'(?=')|[?!](?=`)|,(?=,)/g;

/** Whether braces that are signs stand in pairs: programs that read BibTeX count them, with a backslash in front too. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === "{") depth++;
    if (char === "}" && --depth < 0) return false;
  }
  return depth === 0;
}

/**
 * A text as LaTeX, so that LaTeX, biber and readers of BibTeX give back just that text. `paired` says whether the braces in
 * it may stand as such: what is written is always balanced.
 */
export function latexText(text: string, spelling: Spelling, paired = isBalanced(text)): string {
  const special = (char: string): string => {
    if (!paired && char === "{") return String.raw`\textbraceleft{}`;
    if (!paired && char === "}") return String.raw`\textbraceright{}`;
    return SPECIAL[char] ?? char;
  };
  const parted = text.replace(LIGATURE, "$&\u0000");
  const escaped = parted.replace(/[\\~^<>|&%$#_{}]/g, special).replaceAll("\u0000", "{}");
  if (spelling === "none" || isAscii(escaped)) return escaped;
  const scripts = spelling === "symbols" ? escaped.replace(SCRIPT_RUN, script) : escaped;
  return scripts.replace(/[\p{L}\p{S}‖]\p{M}*/gu, (sign) => (isAscii(sign) ? sign : spelt(sign, spelling)));
}

/** A piece in braces, which keep its capitals; what begins with a command needs two pairs, or BibTeX changes it all the same. */
const kept = (latex: string): string => (latex.startsWith("\\") ? `{{${latex}}}` : `{${latex}}`);

/** A title as LaTeX, with the capitals in braces that styles must leave. */
export function latexTitle(title: string, spelling: Spelling): string {
  // A piece in braces may hold one of a pair that are signs.
  const paired = isBalanced(title) && titlePieces(title).every(({ text, keep }) => !keep || isBalanced(text));
  return titlePieces(title)
    .map(({ text, keep }) => {
      const latex = latexText(text, spelling, paired);
      return keep ? kept(latex) : latex;
    })
    .join("");
}
