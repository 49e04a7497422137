import type { Command } from "../command.ts";
import { UserError } from "../../user-error.ts";

/** `time:9:00`, `time:4:30 pm`, `topics:"diffusion, -survey"`: a name, a colon, and a word or quoted text. */
const NAMED = /(?<=^|\s)([a-z]+):\s*(?:"([^"]*)"|(\d\S*\s+[ap]\.?m\.?(?=\s|$)|at\s+once(?=\s|$)|\S+))/gi;

/** Whether a word may be an option's value, as far as its form says. */
function isChoice(form: Command["options"][string]["form"] | undefined, word: string | undefined): boolean {
  return form?.kind !== "choice" || form.choices.includes(word?.toLowerCase() ?? "");
}

/** The names and colons of options in a line, with where they stand. */
const NAMES = /(?<=^|\s)([a-z]+):/gi;

/** Puts quotes around prose that has none, up to the next option or to the end of the line. */
function quoteProse(line: string, options: Command["options"]): string {
  const starts = Array.from(line.matchAll(NAMES), ({ 0: { length }, 1: name = "", index }) => ({
    option: options[name.toLowerCase()],
    from: index,
    to: index + length,
  })).filter(({ option }) => option?.internal === false);
  return starts.reduceRight((text, { option, to }, i) => {
    const end = starts[i + 1]?.from ?? line.length;
    const said = line.slice(to, end).trim();
    if (option?.isProse !== true || said === "" || said.startsWith('"')) return text;
    return `${text.slice(0, to)}"${said.replaceAll('"', "”")}" ${text.slice(end)}`;
  }, line);
}

/**
 * Reads the options that a line names; what is left is the line's own. Throws a UserError for an option named twice.
 * Names that are no options are left where they are.
 */
export function readLineOptions(
  line: string,
  { options }: Pick<Command, "options">,
): { readonly named: Record<string, string>; readonly rest: string } {
  const named: Record<string, string> = {};
  const rest = quoteProse(line, options).replace(
    NAMED,
    (whole, name: string, quoted?: string, word?: string) => {
      const option = name.toLowerCase();
      if (!Object.hasOwn(options, option) || options[option]?.internal !== false) return whole;
      // “Style: a study” is a title; “style:apa” and “style: apa” are not.
      if (quoted === undefined && /:\s/.test(whole) && !isChoice(options[option]?.form, word)) return whole;
      if (named[option] !== undefined)
        throw new UserError(`“${option}:” stands there twice; once is enough.`);
      named[option] = quoted ?? word ?? "";
      return " ";
    },
  );
  return { named, rest: rest.replace(/\s+/g, " ").trim() };
}
