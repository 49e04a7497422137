import { UserError } from "../../../src/user-error.ts";
import { escapeTerminal } from "../../terminal/escape.ts";
import type { ExitCode, Surroundings } from "../surroundings.ts";
import { lookOf, printJson } from "../surroundings.ts";
import type { ProgramOrder } from "./order.ts";

const USAGE = [
  "Look at everything that Paperboy works with, also while the bot runs, and say what to mend. Changes nothing but a",
  "saved index that is out of date, as every command does.",
  "",
  "  paperboy doctor         a line for each: ok, warning or failure, and what to do",
  "  paperboy doctor --json  the same as JSON",
  "",
  "It asks the platforms whose tokens are set, and opens connections to the servers of PAPERBOY_SOURCES,",
  "PAPERBOY_COMPLETE and PAPERBOY_FETCH, and to no others. The exit code is 1 where there is a failure.",
].join("\n");

/** What is still open when all is said, such as a question without an answer, is left behind, in milliseconds. */
const LEAVING = 300;

async function runDoctor(json: boolean, { env, stdout, version }: Surroundings): Promise<ExitCode> {
  const { findSettings } = await import("../doctor/settings-found.ts");
  const { openPatient } = await import("../doctor/open-patient.ts");
  const { checks } = await import("../../doctor/checks.ts");
  const { examine, report } = await import("../../doctor/examine.ts");
  const { patient, close } = await openPatient(findSettings(env), version);
  const found = await examine(checks, patient);
  if (json)
    printJson(
      stdout,
      found.map((one) => ({ ...one })),
    );
  else {
    const { colors } = lookOf(stdout, env);
    const paint = { ok: colors.green, warning: colors.yellow, failure: colors.red };
    // Names of channels and words of files stand in it.
    const plain = found.map((one) => ({
      ...one,
      what: escapeTerminal(one.what),
      ...(one.todo === undefined ? {} : { todo: escapeTerminal(one.todo) }),
    }));
    stdout.write(`${report(plain, (level, name) => paint[level](name)).join("\n")}\n`);
  }
  const code = found.some(({ level }) => level === "failure") ? 1 : 0;
  process.exitCode = code;
  setTimeout(() => process.exit(), LEAVING).unref();
  await close();
  return code;
}

/** `paperboy doctor`. */
export const doctorOrder: ProgramOrder = {
  name: "doctor",
  summary: [["doctor", "look at settings, platforms, sources, disk and database, and say what to mend"]],
  usage: USAGE,
  parse: (words) => {
    const [first, ...others] = words;
    if (others.length === 0 && (first === undefined || first === "--json"))
      return { needs: "nothing", run: (around) => runDoctor(first !== undefined, around) };
    throw new UserError("Say doctor, or doctor --json for its findings as JSON.");
  },
};
