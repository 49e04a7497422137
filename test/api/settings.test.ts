import { expect, it } from "vitest";
import { readApi } from "../../adapters/api/settings.ts";

const read = (more: Partial<Parameters<typeof readApi>[0]>) =>
  readApi({ access: undefined, origins: undefined, limit: undefined, ...more });

it("the API is for those with keys, for no pages of others, and 120 times a minute, unless settings say so", () => {
  expect(read({})).toEqual({ access: "keys", origins: [], limit: 120 });
  expect(read({ access: "OPEN", origins: "https://a.example, http://localhost:3000", limit: "5" })).toEqual({
    access: "open",
    origins: ["https://a.example", "http://localhost:3000"],
    limit: 5,
  });
});

it("wrong settings of the API are refused with their name, their value and what is allowed", () => {
  expect(() => read({ access: "yes" })).toThrow("PAPERBOY_API is “yes”; it must be keys");
  for (const origins of ["*", "a.example", "https://a.example/path", "javascript:alert(1)"])
    expect(() => read({ origins })).toThrow(
      `PAPERBOY_API_ORIGINS has “${origins}”; it must be web addresses`,
    );
  for (const limit of ["0", "-1", "1.5", "many", "1000000"])
    expect(() => read({ limit })).toThrow(`PAPERBOY_API_LIMIT is “${limit}”; it must be a whole number`);
});
