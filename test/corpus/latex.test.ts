import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readableText } from "../../src/corpus/readable-text.ts";

const raw = String.raw;

describe("LaTeX of names", () => {
  it.each([
    [raw`Garc{\'i}a`, "García"],
    [raw`Garc{\'\i}a`, "García"],
    [raw`Garc\'ia`, "García"],
    [raw`Garc{\'{\i}}a`, "García"],
    [raw`Garc\'{\i}a`, "García"],
    [raw`C{\^o}t{\'e}`, "Côté"],
    [raw`Fran{\c c}ois`, "François"],
    [raw`Fran\c{c}ois`, "François"],
    [raw`Kov{\'a}{\v c}`, "Kováč"],
    [raw`Kov\'a\v{c}`, "Kováč"],
    [raw`Erd{\H o}s`, "Erdős"],
    [raw`Erd\H{o}s`, "Erdős"],
    [raw`{\AA}berg`, "Åberg"],
    [raw`\AA berg`, "Å berg"],
    [raw`{\r A}berg`, "Åberg"],
    [raw`{\AE}sir`, "Æsir"],
    [raw`{\O}deg{\aa}rd`, "Ødegård"],
    [raw`V{\u a}n`, "Văn"],
    [raw`V\u{a}n`, "Văn"],
    [raw`Nguy{\~{\^e}}n`, "Nguyễn"],
    [raw`Nguy\~{\^{e}}n`, "Nguyễn"],
    [raw`{\L}ukasz`, "Łukasz"],
    [raw`Bj{\o}rn`, "Bjørn"],
    [raw`{\DJ}or{\dj}e`, "Đorđe"],
    [raw`Gr{\"o}{\ss}e`, "Größe"],
    [raw`Sch{\"{o}}n`, "Schön"],
    [raw`na\"{\i}ve`, "naïve"],
    [raw`{\.I}lker`, "İlker"],
    [raw`{\c S}ahin`, "Şahin"],
    [raw`W{\k a}sik`, "Wąsik"],
    [raw`{\d S}afar`, "Ṣafar"],
    [raw`{\=A}ryabha{\d t}a`, "Āryabhaṭa"],
    [raw`Ho\`ang`, "Hoàng"],
    [raw`{\'E}tienne`, "Étienne"],
    [raw`\'{E}tienne`, "Étienne"],
    [raw`{{\'E}tienne}`, "Étienne"],
    [raw`O{\textquoteright}Brien`, "O’Brien"],
    [raw`{\th}or and {\DH}or`, "þor and Ðor"],
  ])("%s is %s", (latex, text) => {
    expect(readableText(latex)).toBe(text);
  });
});

describe("LaTeX of titles and abstracts", () => {
  it.each([
    [raw`$\tilde{O}(n)$`, "Õ(n)"],
    [raw`$\hat{x}$ and $\bar x$`, "x̂ and x̄"],
    [raw`H\textsubscript{2}O and 10\textsuperscript{5}`, "H₂O and 10⁵"],
    [raw`\ensuremath{\beta}-VAE`, "β-VAE"],
    [raw`\textcolor{red}{x}, \textsl{y}`, "x, y"],
    [raw`Foo\xspace bar and Foo\xspace.`, "Foo bar and Foo."],
    [raw`$\operatorname*{argmax}$`, "argmax"],
    [raw`$\binom{n}{k}$`, "(n choose k)"],
    [raw`one, \dots, ten \ldots`, "one, …, ten …"],
    [raw`\begin{itemize}\item one \item two\end{itemize}`, "one two"],
    [raw`$\mathrm{KL}(p\|q)$`, "KL(p‖q)"],
    [raw`KL(p\|q)`, "KL(p‖q)"],
    ["see Fig.~2, pages 1--9---all of ``it''", "see Fig. 2, pages 1–9—all of “it”"],
    ["about ~10, --flag, it's 6'' and a `tick`", "about ~10, --flag, it's 6'' and a `tick`"],
    [raw`$O(n \log n)$, $n\log n$, $\log{n}$`, "O(n log n), n log n, log n"],
    [raw`$O(n^2)$, \texttt{code}, \mbox{box}`, "O(n²), code, box"],
    [raw`\unknown{kept} and \unknown[opt]{a}{b}`, "kept and ab"],
    [raw`50\% of \$5 \& \#1 \_x`, "50% of $5 & #1 _x"],
    [raw`\url{https://a.example/x\_y} and \href{https://a.example}{text}`, "https://a.example/x_y and text"],
    [raw`as shown \cite[p.~3]{b}, too \citep{c}.`, "as shown, too."],
    [raw`$x_i^2 + \frac{a+b}{c}$, $\sqrt[3]{x}$`, "xᵢ² + (a+b)/c, ³√x"],
    [raw`$90^\circ$, $f'(x)$, $p \not= q$`, "90°, f′(x), p ≠ q"],
    [raw`$\left(x\right.$ and $\lVert x\rVert_2$`, "(x and ‖ x‖₂"],
    [raw`$\tilde{\mathcal{O}}(n)$, $\tilde\mathcal O(n)$`, "Õ(n), Õ(n)"],
    [raw`by $40\%$ (~35 devices), $n \choose k$, a --> b`, "by 40% (~35 devices), n choose k, a --> b"],
    [raw`\(a \leq b\) and \[c\]`, "a ≤ b and c"],
  ])("%s is %s", (latex, text) => {
    expect(readableText(latex)).toBe(text);
  });

  it("leaves text alone that has none, whatever it is", () => {
    const letters = fc.string({ unit: fc.constantFrom(...Array.from("abc é中0123 .,;:()[]<>|'\"!?@*+=/")) });
    fc.assert(
      fc.property(letters, (text) => {
        expect(readableText(text)).toBe(text.replace(/\s+/g, " ").trim().normalize("NFC"));
      }),
    );
  });

  it("reads a text in time that grows with its length, whatever its braces are", () => {
    // Work is counted by the engine's own limit: with a square of the length none of these would come to an end.
    for (const piece of [
      "{",
      "}",
      "{}",
      "\\(",
      "\\[",
      "$",
      "\\a{",
      "^{",
      "{\\'",
      "\\frac{a}",
      "~\\cite{",
      "``",
      "--",
    ])
      expect(readableText(piece.repeat(100_000)).length).toBeLessThan(1_000_000);
  });
});
