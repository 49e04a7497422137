/**
 * Colours by day, and by night where the mail program has one: the pages' own. Styles stand in each tag, since some programs take
 * out style sheets; those by night stand in the sheet, for programs that have both.
 */
const DAY = { ink: "#1d1b18", soft: "#5d574e", paper: "#fffdf8", line: "#ddd5c6", link: "#7a2e12" } as const;
const NIGHT = {
  ink: "#ece6da",
  soft: "#b0a898",
  paper: "#191714",
  line: "#3b362e",
  link: "#f0a882",
} as const;

const SERIF = "Georgia,'Times New Roman',serif";
const SANS = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const BREAK = "overflow-wrap:anywhere;word-break:break-word";

/** What tags look like, by what they are: a class for the night, and a style. */
const LOOKS = {
  page: ["p", `margin:0;padding:0;background-color:${DAY.paper}`],
  h1: ["i", `margin:0 0 6px;font:bold 24px/1.25 ${SERIF};color:${DAY.ink};${BREAK}`],
  h2: ["i", `margin:0 0 4px;font:bold 18px/1.3 ${SERIF};color:${DAY.ink};${BREAK}`],
  text: ["i", `margin:0 0 8px;font:17px/1.5 ${SERIF};color:${DAY.ink};${BREAK}`],
  soft: ["s", `margin:0 0 8px;font:14px/1.5 ${SANS};color:${DAY.soft};${BREAK}`],
  card: ["l", `padding:18px 0;border-bottom:1px solid ${DAY.line}`],
  note: ["", "padding:14px 0 4px"],
  link: ["a", `color:${DAY.link}`],
  // A finger's height, which 24 pixels are at the least (WCAG 2.2, 2.5.8).
  action: ["a", `display:inline-block;padding:8px 16px 8px 0;color:${DAY.link}`],
  button: [
    "b",
    `display:inline-block;padding:12px 20px;font:bold 16px/1.2 ${SANS};color:${DAY.paper};background-color:${DAY.link};border-radius:4px;text-decoration:none`,
  ],
} as const;

/** The attributes of a tag. */
export function look(what: keyof typeof LOOKS): string {
  const [name, style] = LOOKS[what];
  return `${name === "" ? "" : `class="${name}" `}style="${style}"`;
}

/** The sheet of a mail. */
export const SHEET = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.p{background-color:${NIGHT.paper}!important}
.i{color:${NIGHT.ink}!important}
.s{color:${NIGHT.soft}!important}
.l{border-color:${NIGHT.line}!important}
.a{color:${NIGHT.link}!important}
.b{color:${NIGHT.paper}!important;background-color:${NIGHT.link}!important}
}`;
