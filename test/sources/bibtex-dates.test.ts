import { describe, expect, it } from "vitest";
import { renderProblem } from "../../src/corpus/problem.ts";
import { parseBibtex } from "../../src/sources/bibtex/read-bibtex.ts";

const read = (fields: string) => {
  const { items, problems } = parseBibtex("f.bib", `@misc{k, title={x},\n ${fields}}`);
  return { date: items[0]?.listing.date, problems: problems.map(renderProblem) };
};

describe("the date of an entry", () => {
  it.each([
    ["date = {2024-03-05}", "2024-03-05"],
    ["date = {2024-03-05T10:00:00Z}", "2024-03-05"],
    ["date = {2024-03-05/2024-03-05}", "2024-03-05"],
    ["date = {2024-3-5}", "2024-03-05"],
    ["date = {2024-03-XX}", "2024-03"],
    ["date = {2024-uu}", "2024"],
    ["date = {5 May 2020}", "2020-05-05"],
    ["date = {May 2020}, year = 2020", "2020-05"],
    ["date = {2020/05/17}", "2020-05-17"],
    ["year = 2024, month = mar, day = 5", "2024-03-05"],
    ["year = {2024}, month = {March}", "2024-03"],
    ["year = 2024, month = 3", "2024-03"],
    ["year = 2024, month = {03}, day = {5th}", "2024-03-05"],
    ['year = 2024, month = "8~" # jan', "2024-01-08"],
    ['year = 2024, month = jan # "~8"', "2024-01-08"],
    ["year = 2024, month = {Sept.}", "2024-09"],
    ['year = 2024, month = {M{\\"a}rz}', "2024-03"],
    ["year = 2024, month = {ao{\\^u}t}", "2024-08"],
    ["year = 2024, month = {d{\\'e}c.}", "2024-12"],
    ["year = {2024-05}", "2024-05"],
    ["year = {May 2024}", "2024-05"],
    [String.raw`year = {{\noopsort{1973b}}1973}`, "1973"],
  ])("%s is %s, and nothing is told", (fields, date) => {
    expect(read(fields)).toEqual({ date, problems: [] });
  });

  it.each([
    ["year = {2020a}", "2020", "a year in “year”", "“2020a”"],
    ["year = {(2019)}", "2019", "a year in “year”", "“(2019)”"],
    ["year = {c2001}", "2001", "a year in “year”", "“c2001”"],
    ["year = {1982--1983}", "1982", "a year in “year”", "“1982–1983”"],
    ["year = {2021, in press}", "2021", "a year in “year”", "“2021, in press”"],
    ["year = {in press}", undefined, "a year in “year”", "“in press”"],
    ["year = {99}", undefined, "a year in “year”", "“99”"],
    ["year = 2024, month = {spring}", "2024", "a month in “month”", "“spring”"],
    ['year = 2024, month = "23--27 " # may', "2024-05-23", "a month in “month”", "“23–27 may”"],
    ['year = 2024, month = may # "/" # jun', "2024-05", "a month in “month”", "“may/jun”"],
    ["year = 2024, month = {31 April}", "2024-04", "a month in “month”", "“31 April”"],
    ["date = {2020-04-31}", "2020-04", "a date in “date”", "“2020-04-31”"],
    ["date = {17-05-2020}, year=2020", "2020", "a date in “date”", "“17-05-2020”"],
    ["date = {17-05-2020}", "2020", "a date in “date”", "“17-05-2020”"],
    ["date = {forthcoming}", undefined, "a date in “date”", "“forthcoming”"],
  ])("%s is %s, and what was read is told", (fields, date, expected, found) => {
    const made = date === undefined ? "which is none" : `read as ${date}`;
    expect(read(fields)).toEqual({
      date,
      problems: [`f.bib:2: expected ${expected} of the entry “k”, found ${found}, ${made}`],
    });
  });

  it.each([
    ["date = {2020~}", "2020", "“2020~”"],
    ["date = {2020?}", "2020", "“2020?”"],
    ["date = {2020-05%}", "2020-05", "“2020-05%”"],
    ["date = {/2019-03}", "2019-03", "“/2019-03”"],
    ["date = {2019-03/}", "2019-03", "“2019-03/”"],
    ["date = {../2019-03}", "2019-03", "“../2019-03”"],
    ["date = {2024-03/2024-05}", "2024-03", "“2024-03/2024-05”"],
    ["date = {2020-21}", "2020", "“2020-21”"],
    ["date = {2004-06~/2004-08?}", "2004-06", "“2004-06 /2004-08?”"],
    ["date = {202X}, year = {2021}, month = may", "2021-05", "“202X”"],
    ["date = {199X}", undefined, "“199X”"],
    ["date = {-0876}", undefined, "“-0876”"],
    ["date = {y17000}", undefined, "“y17000”"],
  ])("%s, which is right in EDTF, is told as that and kept as %s", (fields, date, found) => {
    const made = date === undefined ? "which names none" : `kept as ${date}`;
    const told = `f.bib:2: expected one day, month or year in “date” of the entry “k”, found ${found}, ${made}`;
    expect(read(fields)).toEqual({ date, problems: [told] });
  });
});
