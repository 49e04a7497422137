import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeDiscord } from "../../adapters/discord/drawing/escape.ts";
import { mapAddresses } from "../../adapters/platform/addresses.ts";
import { escapeSlack } from "../../adapters/slack/drawing/escape.ts";

const addressesOf = (text: string): string[] => {
  const found: string[] = [];
  mapAddresses(
    text,
    (address) => {
      found.push(address);
      return address;
    },
    (other) => other,
  );
  return found;
};

const ADDRESSES = [
  "https://a.example",
  "https://a.example/",
  "https://a.example/x",
  "http://a.example:8080/x.html",
  "https://a.example/w_(b)",
  "https://a.example/w_(b)_(c(d))/e",
  "https://a.example/x?y=z&ids[]=3#part-2",
  "https://a.example/@me/x",
  "https://a.example/a,b;c!d*e",
  "https://a.example/%E3%81%82/ünï",
  "https://bücher.example/日本",
  "HTTPS://A.example/X",
];

const AROUND = [
  ["at ", "."],
  ["(see ", ")"],
  ["(see ", ")."],
  ["[", "]"],
  ["", ", and"],
  ["", "; and"],
  ["", ": and"],
  ["", "!"],
  ["", "?"],
  ["", "?!"],
  ["", "..."],
  ["", "…"],
  ['"', '"'],
  ['"see ', '."'],
  ["“see ", ".”"],
  ["«", "»"],
  ["'", "'"],
  ["<", ">"],
  ["*", "*"],
  ["**", "**."],
  ["_", "_"],
  ["(_", "_),"],
  ["[paper](", ")"],
  ["", "。"],
  ["", " (and more)"],
] as const;

describe("an address in a text", () => {
  it.each(ADDRESSES)("is found whole, without what stands around it: %s", (address) => {
    const found = AROUND.map(([before, after]) => [before, after, addressesOf(before + address + after)]);
    expect(found).toEqual(AROUND.map(([before, after]) => [before, after, [address]]));
  });

  it("ends where another begins, and at a bracket that nothing opened or closes", () => {
    expect(addressesOf("https://a.example/x](https://b.example/y)")).toEqual([
      "https://a.example/x",
      "https://b.example/y",
    ]);
    expect(addressesOf("https://a.example/x(and")).toEqual(["https://a.example/x"]);
  });

  it("is none with credentials in it, nor without a host", () => {
    expect(addressesOf("https://arxiv.org:x@evil.example/ https://... http://")).toEqual([]);
  });

  it("leaves nothing of the text out", () => {
    const signs = fc.constantFrom("https://", "a.example", "/", "(", ")", "[", "]", ".", "*", "_", "@", " ");
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 30 }), (parts) => {
        const text = parts.join("");
        expect(
          mapAddresses(
            text,
            (address) => address,
            (other) => other,
          ),
        ).toBe(text);
      }),
    );
  });
});

it.each([
  ["Code at https://a.example/x.", "Code at <https://a.example/x>.", "Code at <https://a.example/x>."],
  ["(https://a.example/w_(b))", "(<https://a.example/w_(b)>)", "\\(<https://a.example/w_(b)>\\)"],
  ["*https://a.example/x*", "∗<https://a.example/x>∗", "\\*<https://a.example/x>\\*"],
])("Slack and Discord are told where the address ends in %s", (text, slack, discord) => {
  expect(escapeSlack(text)).toBe(slack);
  expect(escapeDiscord(text)).toBe(discord);
});
