import { existsSync } from "node:fs";
import path from "node:path";

/** The folder of the program: the one above with its `package.json`. Throws where there is none. */
export function projectRoot(): string {
  const from = import.meta.dirname;
  let folder = from;
  while (!existsSync(path.join(folder, "package.json"))) {
    const parent = path.dirname(folder);
    if (parent === folder)
      throw new Error(`No package.json in ${from} or above it: Paperboy is not installed whole`);
    folder = parent;
  }
  return folder;
}
