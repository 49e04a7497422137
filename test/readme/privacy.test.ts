import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { TABLES } from "../../src/store/sql/schema.ts";

it("docs/privacy.md says of every table what it holds, and of no other", async () => {
  const text = await readFile(new URL("../../docs/privacy.md", import.meta.url), "utf8");
  const rows = text.split("\n").filter((line) => line.startsWith("| `"));
  const named = rows.flatMap((line) =>
    Array.from((line.split("|")[1] ?? "").matchAll(/`(\w+)`/g), ([, name = ""]) => name),
  );
  expect(named.toSorted()).toEqual([...TABLES].toSorted());
});
