import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readableText } from "../../src/corpus/readable-text.ts";

describe("readable text", () => {
  it.each([
    ["$O(n^7 \\log^3 (nU))$", "O(n⁷ log³ (nU))"],
    ["Trigger$^3$: Refining", "Trigger³: Refining"],
    ["CoSQA^+ and 4.5 x 10^6", "CoSQA⁺ and 4.5 x 10⁶"],
    ["10^{-6}", "10⁻⁶"],
    ["UNIT_{cut}", "UNIT_cut"],
    ["$x_{ij}^{2}$", "xᵢⱼ²"],
    ["mathcal{O}(mathcal{C_{Phi circ Psi}/n})", "O(C_Phi circ Psi/n)"],
    ["PATIENT-{\\Psi}-TRAINER", "PATIENT-Ψ-TRAINER"],
    ["\\(256\\times256\\)", "256×256"],
    ["Erd\\H{o}s, Schr\\\"odinger, Qu\\'ebec, \\c{c}", "Erdős, Schrödinger, Québec, ç"],
    ["{\\L}ukasz and Kad{\\i}r by \\constructor", "Łukasz and Kadır by constructor"],
    ["textbf{F}ine \\emph{a {\\bf b} c}", "Fine a b c"],
    ["\\frac{a}{b} and \\sqrt{n}", "a/b and √n"],
    ["\\textsc{Foo}~\\cite{bar} is", "Foo is"],
    ["we propose \\model, an (\\eg small) one", "we propose model, an (e.g. small) one"],
    ["costs $5 and $7 more", "costs $5 and $7 more"],
    ["$n \\geq 3$ and $\\alpha$-fair", "n ≥ 3 and α-fair"],
    ["R\\&D &amp; x &lt; y &#39;z&#39;", "R&D & x < y 'z'"],
    ["https://github.com/a_b/c_d", "https://github.com/a_b/c_d"],
    ["two\r\n lines\tand\u00A0more", "two lines and more"],
  ])("of %s is %s", (latex, text) => {
    expect(readableText(latex)).toBe(text);
  });

  it("has no control, zero-width or direction-changing character, no lone surrogate and nothing that is no character, whatever comes in", () => {
    const hostile = fc.string({ unit: "binary", maxLength: 300 });
    const pieces = fc.constantFrom(
      "\u001b[31m",
      "\u202E",
      "\uFFFE",
      "&#x1FFFF;",
      "\u061C",
      "\u200B",
      "&#27;",
      "&#x202e;",
      "\\u",
      "$",
      "{",
      "}",
      "^",
      "\\",
      "\uD800",
      "&",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(hostile, pieces), { maxLength: 20 }), (parts) => {
        const text = readableText(parts.join(""));
        expect(text).not.toMatch(
          /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u,
        );
        expect(text).toBe(text.trim());
      }),
      { numRuns: 400 },
    );
  });

  it("comes to an end with a text of nothing but braces, dollars and backslashes", () => {
    const text = readableText("{".repeat(5000) + "$".repeat(5000) + "\\".repeat(5000) + "^{".repeat(2000));
    expect(text.length).toBeLessThan(20_000);
  });
});
