import fc from "fast-check";
import { Parser } from "htmlparser2";
import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { digestMessage } from "../../adapters/mail/message.ts";
import type { MailSettings } from "../../adapters/mail/settings.ts";
import { readMail } from "../../adapters/mail/settings.ts";
import { cleanText } from "../../adapters/platform/plain-text.ts";
import type { Card, Reply } from "../../src/bot/reply.ts";
import { answer, codeBlock, emphasis, link, plain, prose, strong, textCard } from "../../src/bot/reply.ts";

const settings: MailSettings = {
  smtp: { host: "127.0.0.1", port: 25, secure: false },
  from: { name: "Paperböy, the bot", address: "paperboy@example.org" },
  url: "https://papers.example.org",
};
const LEAVE = `https://papers.example.org/mail/leave/${"x".repeat(32)}/a1b2c3d4`;

const paperCard = (title: string, text = "An abstract.", url = "https://arxiv.org/abs/1"): Card => ({
  heading: [link(title, url)],
  blocks: [prose(plain(text)), prose(emphasis("Chosen for: reasons"))],
  buttons: [
    { kind: "run", label: "Similar", key: "s", run: { command: "similar", args: { papers: "arxiv:1" } } },
    { kind: "run", label: "Why this one?", key: "w", run: { command: "digest why", args: {} } },
    { kind: "open", label: "Code", url: "https://example.org/code" },
  ],
});

const replyOf = (...cards: Card[]): Reply =>
  answer({
    summary: "A digest",
    cards: [{ blocks: [prose(strong("Paper of the day"))], buttons: [] }, ...cards],
  });

const write = (reply: Reply): Promise<Buffer> =>
  digestMessage(
    {
      to: "me@example.org",
      reply,
      key: "a1b2c3d4:2026-03-03",
      leaveLink: LEAVE,
      pageOf: ({ command }) =>
        command === "similar" ? "https://papers.example.org/similar?papers=1&x=%22" : undefined,
    },
    settings,
  );

/** A message, read by another library. */
async function sent(reply: Reply) {
  const raw = await write(reply);
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
  const html = String(mail.html);
  const tags: { name: string; attributes: Record<string, string> }[] = [];
  let shown = "";
  const parser = new Parser({
    onopentag: (name, attributes) => void tags.push({ name, attributes }),
    ontext: (text) => (shown += text),
  });
  parser.end(html);
  return { raw: raw.toString("latin1"), mail, html, tags, shown, text: mail.text ?? "" };
}

/** Titles that break what takes headers for simple. */
const HOSTILE: readonly string[] = [
  "Two\r\nBcc: victim@example.org\r\n\r\nlines",
  "=?utf-8?q?x?= \u202Eevil\u0000",
  "x".repeat(3000),
  "Über die Maße ".repeat(40),
  "注意力就是你所需要的".repeat(30),
  "👩‍👩‍👧‍👦".repeat(80),
  "  leading and trailing  ",
  "",
];

const flat = (text: string): string => text.replace(/\s+/g, " ").trim();

describe("a digest as a message", () => {
  it("has the title in its subject, encoded so that it is read back the same, whatever it is, in lines that every server takes", async () => {
    const any = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc.string({ unit: "grapheme", maxLength: 120 }),
    );
    await fc.assert(
      fc.asyncProperty(any, async (title) => {
        const raw = (await write(replyOf(paperCard(title)))).toString("latin1");
        const top = raw.slice(0, raw.indexOf("\r\n\r\n") + 4);
        const mail = await simpleParser(top.replace(/^Content-Type:[^\0]*?(?=\r\n\S)/m, "X: y"));
        const subject = mail.subject ?? "";
        const whole = flat(cleanText(`Paper of the day: ${title}`));
        expect(subject.length).toBeLessThanOrEqual(180);
        expect(
          subject.endsWith("…") ? whole.startsWith(flat(subject.slice(0, -1))) : flat(subject) === whole,
        ).toBe(true);
        expect(mail.headers.has("bcc")).toBe(false);
        expect(/^\p{ASCII}*$/u.test(raw)).toBe(true);
        const head = top.trimEnd().split("\r\n");
        expect(Math.max(...raw.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
        expect(head.filter((line) => !/^(?:[\w-]+:|\s)/.test(line))).toEqual([]);
      }),
      { numRuns: 20, examples: HOSTILE.map((title) => [title]) },
    );
  });

  it("says what it is to mail programs: whose list, how to leave it with a press, and that no holiday answers it", async () => {
    const { mail, raw } = await sent(replyOf(paperCard("A title")));
    expect(mail.messageId).toBe("<a1b2c3d4.2026-03-03@example.org>");
    expect(mail.from?.value).toEqual([{ address: "paperboy@example.org", name: "Paperböy, the bot" }]);
    const head = raw.slice(0, raw.indexOf("\r\n\r\n"));
    expect(head.split("\r\n")).toEqual(
      expect.arrayContaining([
        `List-Unsubscribe: <${LEAVE}>`,
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "List-ID: Paper of the day <paper-of-the-day.example.org>",
        "Auto-Submitted: auto-generated",
        "To: me@example.org",
      ]),
    );
  });

  it("has the same words and addresses as text and as HTML, and nothing that is fetched or run", async () => {
    const { text, html, tags, shown, mail } = await sent(
      replyOf(
        paperCard("First", "Text of the first."),
        textCard("Also worth a look:"),
        paperCard("2. Second", "x", "https://arxiv.org/abs/2"),
      ),
    );
    for (const words of [
      "First",
      "Text of the first.",
      "Chosen for: reasons",
      "Also worth a look:",
      "2. Second",
      "Stop this digest",
    ]) {
      expect(flat(text)).toContain(words);
      expect(flat(shown)).toContain(words);
    }
    const links = tags.flatMap(({ attributes: { href } }) => (href === undefined ? [] : [href]));
    expect(links).toEqual([
      "https://arxiv.org/abs/1",
      "https://papers.example.org/similar?papers=1&x=%22",
      "https://example.org/code",
      "https://arxiv.org/abs/2",
      "https://papers.example.org/similar?papers=1&x=%22",
      "https://example.org/code",
      LEAVE,
    ]);
    for (const url of links) expect(text).toContain(url);
    expect(`${text}${html}`).not.toContain("Why this one?");
    expect(
      tags.some(({ name }) => ["img", "script", "link", "iframe", "form", "object"].includes(name)),
    ).toBe(false);
    expect(html).not.toMatch(/url\(|@import|@font-face|src=/);
    expect(mail.attachments).toEqual([]);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("@media (prefers-color-scheme:dark)");
    expect(
      Math.max(
        ...text
          .split("\n")
          .filter((line) => !line.includes("://"))
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(72);
  });

  it("lets no text of papers break out of it", async () => {
    const hostile = `</p></td></tr></table><script>alert(1)</script>"><img src=x onerror=alert(2)> <!-- ]]> &amp; \u202E`;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constant(hostile), fc.string({ unit: "binary", maxLength: 80 })),
        async (text) => {
          const plainTags = (await sent(replyOf(paperCard("t")))).tags.map(({ name }) => name);
          const { tags } = await sent(replyOf(paperCard(text, text)));
          expect(tags.map(({ name }) => name)).toEqual(plainTags);
        },
      ),
      { numRuns: 15 },
    );
    const { tags } = await sent(
      replyOf({
        heading: [link("x", "javascript:alert(1)")],
        blocks: [
          codeBlock("<b>\n</b>"),
          { kind: "facts", facts: [{ label: "<i>", value: [plain("<u>")] }] },
          { kind: "list", items: [[plain("<s>")]] },
          { kind: "rule" },
        ],
        buttons: [{ kind: "open", label: "y", url: "data:text/html,x" }],
      }),
    );
    expect(tags.flatMap(({ attributes: { href } }) => href ?? [])).toEqual([LEAVE]);
    expect(tags.filter(({ name }) => ["b", "i", "u", "s"].includes(name))).toEqual([]);
  });

  it("says in its subject that there is no paper where there is none", async () => {
    const words = "No paper of the day on 3 March 2026: there are no papers to choose from yet.";
    const { mail, text } = await sent(answer({ summary: words, cards: [textCard(words)] }));
    expect([mail.subject, flat(text).startsWith(words)]).toEqual([words, true]);
  });
});

describe("the settings of mail", () => {
  const made = {
    smtpUrl: "smtp://127.0.0.1",
    from: "p@example.org",
    webPort: "80",
    webUrl: "https://papers.example.org",
  };

  it("are read with the ports that mail has, and signs in a password decoded", () => {
    expect(readMail({ ...made, smtpUrl: undefined })).toBeUndefined();
    expect(readMail(made)?.smtp).toEqual({ host: "127.0.0.1", port: 587, secure: false });
    expect(readMail({ ...made, smtpUrl: "smtps://me%40x.org:p%2Fw%3A@[::1]" })?.smtp).toEqual({
      host: "::1",
      port: 465,
      secure: true,
      user: "me@x.org",
      password: "p/w:",
    });
    expect(readMail({ ...made, from: '"Böt, a" <p@Example.ORG>' })?.from).toEqual({
      name: "Böt, a",
      address: "p@example.org",
    });
  });

  it("name what is missing or wrong, and never the password", () => {
    const refusal = (facts: Partial<Record<keyof typeof made, string | undefined>>): string => {
      try {
        readMail({ ...made, ...facts });
        return "";
      } catch (error) {
        return String(error);
      }
    };
    expect(refusal({ from: undefined, webUrl: undefined })).toContain(
      "PAPERBOY_SMTP_URL is set, but PAPERBOY_MAIL_FROM and PAPERBOY_WEB_URL are not",
    );
    expect(refusal({ webPort: undefined })).toContain("PAPERBOY_WEB_PORT is not");
    expect(refusal({ from: "nobody" })).toContain("PAPERBOY_MAIL_FROM is “nobody”");
    for (const smtpUrl of [
      "mail.example.org",
      "http://x.org",
      "smtp://u:hidden@",
      "smtp://u:hidden@x.org/path",
      "smtp://u:hidden@x.org?a=b",
      "smtp://u@x.org",
    ])
      expect(refusal({ smtpUrl })).toMatch(/^(?!.*hidden)UserError: PAPERBOY_SMTP_URL must be smtps:/s);
  });
});
