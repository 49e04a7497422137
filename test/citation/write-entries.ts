import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { citePapers, joinEntries } from "../../src/citation/citations.ts";
import type { Format } from "../../src/citation/formats.ts";
import { FILE_ENDINGS } from "../../src/citation/formats.ts";
import { generatedPapers } from "./generated.ts";

/** Writes the entries of generated papers, a file for each format, into the folder that is named: `write-entries.js FOLDER COUNT`. */
const [folder = "entries", count = "500"] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const papers = generatedPapers(Number(count), 20_261_130);
const style = { kind: "named", name: "apa" } as const;
for (const format of ["bibtex", "biblatex", "ris", "csl-json"] as const satisfies readonly Format[]) {
  const { entries } = await citePapers(papers, { format, style, withAbstracts: true });
  const text = joinEntries(
    entries.map(({ entry }) => entry),
    format,
  );
  writeFileSync(path.join(folder, `${format}.${FILE_ENDINGS[format]}`), `${text}\n`);
}
