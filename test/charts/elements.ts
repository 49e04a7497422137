import { Parser } from "htmlparser2";

/** The elements, attributes and texts of a picture; throws where an element is not closed as it was opened. */
export function elementsOf(svg: string) {
  const [names, attributes] = [new Set<string>(), new Set<string>()];
  const [texts, open]: [string[], string[]] = [[], []];
  const parser = new Parser(
    {
      onopentag(name, given) {
        names.add(name);
        open.push(name);
        for (const key of Object.keys(given)) attributes.add(key);
      },
      ontext: (text) => void texts.push(text),
      onclosetag(name, implied) {
        const opened = open.pop();
        const isEmpty = implied && svg.slice(parser.startIndex).includes("/>");
        if (opened !== name || (implied && !isEmpty))
          throw new Error(`<${opened ?? ""}> is closed by </${name}>`);
      },
    },
    { xmlMode: true },
  );
  parser.end(svg);
  return { names, attributes, texts };
}
