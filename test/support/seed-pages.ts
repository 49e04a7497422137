import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the bundled pages. */
export const pagesFolder = fileURLToPath(new URL("../../data/pages/", import.meta.url));

/** The folder of the bundled word vectors. */
export const meaningFolder = fileURLToPath(new URL("../../data/meaning/", import.meta.url));

/** The bundled pages, in the order of their names. */
export async function readSeedPages(): Promise<{ file: string; text: string }[]> {
  const files = (await readdir(pagesFolder)).filter((name) => name.endsWith(".txt")).toSorted();
  return Promise.all(
    files.map(async (file) => ({ file, text: await readFile(path.join(pagesFolder, file), "utf8") })),
  );
}
