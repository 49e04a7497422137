/** Signs that Markdown would read, wherever they stand in a text. */
const SIGNS = /[\\`*_[\]<>#|~$]|&(?=[#\w]+;)/g;

const escapeMarkdown = (text: string | undefined): string => (text ?? "").replace(SIGNS, String.raw`\$&`);

/** An address between angle brackets, where a backslash is a sign like others. */
const address = (escaped: string): string => {
  const url = escaped
    .replace(/\\(?=[\\`*_[\]<>#|~$&])/g, "")
    .replace(/[<>\s]/g, (char) => encodeURIComponent(char));
  return `<${url}>`;
};

/** Puts Markdown among citeproc's formats of output: its plain text, with emphasis and addresses marked. */
export function installMarkdown(formats: Record<string, Record<string, unknown>>): void {
  formats["markdown"] ??= {
    ...formats["text"],
    text_escape: escapeMarkdown,
    "@font-style/italic": "*%%STRING%%*",
    "@font-style/oblique": "*%%STRING%%*",
    "@font-weight/bold": "**%%STRING%%**",
    "@vertical-align/sup": "<sup>%%STRING%%</sup>",
    "@vertical-align/sub": "<sub>%%STRING%%</sub>",
    "@URL/true": (_: unknown, url: string) => address(url),
    "@DOI/true": (_: unknown, doi: string) => (/^https?:/.test(doi) ? address(doi) : doi),
  };
}
