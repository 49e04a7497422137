import type { OpenMetricsContentType } from "prom-client";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Count, DueKind, Happening, Waiting } from "../../src/figures.ts";
import type { SourceRecord } from "../../src/store/store.ts";

/** What is looked up whenever somebody asks for the figures. */
export interface Readings {
  readonly version: string;
  /** Rejects where the index does not answer. */
  readonly papers: () => Promise<number>;
  /** By the platform's name. */
  readonly connected: () => Readonly<Record<string, boolean>>;
  /** Answers under way, by the platform's name. */
  readonly underWay: () => Readonly<Record<string, number>>;
  /** What is sent on a schedule, by kind. Rejects where the database cannot be read. */
  readonly due: () => Promise<readonly DueReading[]>;
  /** What waits to be sent beside that. Rejects where the database cannot be read. */
  readonly waiting: () => Promise<Waiting>;
  /** Rejects where the database cannot be read. */
  readonly sources: () => Promise<readonly SourceRecord[]>;
  readonly now: () => Date;
}

/** How one kind of thing that is sent on a schedule stands. */
export interface DueReading {
  readonly kind: DueKind;
  /** How many there are, and how many of them a platform refuses. */
  readonly all: number;
  readonly held: number;
  /** What was due and something is still to be done about, by the platform's name. */
  readonly open: Readonly<Record<string, number>>;
}

/** The figures of a program, in OpenMetrics (prometheus.io/docs/specs/om/open_metrics_spec). */
export interface Figures {
  readonly count: Count;
  /** The whole as text. What cannot be looked up is left out. */
  readonly text: (readings: Readings) => Promise<string>;
  readonly contentType: string;
}

/** Upper ends of the classes, in seconds: answers take some milliseconds, what waits for a platform some seconds. */
const ANSWERS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10];
/** The same of how late digests are: a minute is as often as is looked, three hours is when one counts as missed. */
const LATENESS = [1, 5, 15, 30, 60, 120, 300, 900, 3600, 10_800];

/** What is counted as it happens. */
function createCounters(registers: [Registry<OpenMetricsContentType>]): Count {
  const commands = new Histogram({
    name: "paperboy_command_duration_seconds",
    help: "Time from a command to its answer, without the way to the platform",
    labelNames: ["command", "platform", "outcome"] as const,
    buckets: ANSWERS,
    registers,
  });
  const searches = new Histogram({
    name: "paperboy_search_duration_seconds",
    help: "Time of one question to the index: words, similar papers, or beginnings of titles",
    labelNames: ["of"] as const,
    buckets: ANSWERS,
    registers,
  });
  const due = new Counter({
    name: "paperboy_due_total",
    help: "What became of digests, follows and journal clubs that were due",
    labelNames: ["kind", "platform", "outcome"] as const,
    registers,
  });
  const lateness = new Histogram({
    name: "paperboy_due_lateness_seconds",
    help: "Time from when something was due until the platform took it",
    labelNames: ["kind", "platform"] as const,
    buckets: LATENESS,
    registers,
  });
  const requests = new Counter({
    name: "paperboy_requests_total",
    help: "Requests to platforms and sources by the status of the answer; 429 asks to wait, none is no answer",
    labelNames: ["service", "status"] as const,
    registers,
  });
  return (happening: Happening) => {
    switch (happening.kind) {
      case "command": {
        const { command, platform, outcome, seconds } = happening;
        return commands.observe({ command, platform, outcome }, seconds);
      }
      case "search":
        return searches.observe({ of: happening.of }, happening.seconds);
      case "due": {
        const { of: kind, platform, outcome, lateSeconds } = happening;
        due.inc({ kind, platform, outcome });
        if (lateSeconds !== undefined) lateness.observe({ kind, platform }, Math.max(0, lateSeconds));
        return undefined;
      }
      case "request":
        return requests.inc({ service: happening.service, status: String(happening.status) });
    }
  };
}

/** A gauge that is empty until it is set anew. */
function createGauge<Label extends string>(
  [name, help]: readonly [name: string, help: string],
  labelNames: readonly Label[],
  registers: [Registry<OpenMetricsContentType>],
): Gauge<Label> {
  return new Gauge({ name, help, labelNames: [...labelNames], registers });
}

/** What is looked up of what is sent on a schedule, and of what waits. */
function createDueGauges(
  registers: [Registry<OpenMetricsContentType>],
): (readings: Readings) => Promise<void> {
  const gauge = <Label extends string>(name: string, help: string, labels: readonly Label[]): Gauge<Label> =>
    createGauge([name, help], labels, registers);
  const all = gauge("paperboy_due_subscriptions", "Digests, follows and journal clubs that there are", [
    "kind",
  ]);
  const held = gauge("paperboy_due_held", "Those of them that a platform refuses", ["kind"]);
  const open = gauge("paperboy_due_open", "What was due and something is still to be done about", [
    "kind",
    "platform",
  ]);
  const follows = gauge("paperboy_follows_waiting", "Follows that papers wait for", []);
  const letters = gauge("paperboy_letters_waiting", "Letters that confirm an address and are due", []);
  return async ({ due, waiting }) => {
    for (const one of [all, held, open]) one.reset();
    const [found, waits] = await Promise.all([due().catch(() => []), waiting().catch(() => undefined)]);
    for (const { kind, ...one } of found) {
      all.set({ kind }, one.all);
      held.set({ kind }, one.held);
      for (const [platform, count] of Object.entries(one.open)) open.set({ kind, platform }, count);
    }
    for (const one of [follows, letters]) one.remove();
    if (waits === undefined) return;
    follows.set(waits.follows);
    letters.set(waits.letters);
  };
}

/** What is looked up when it is asked for. */
function createGauges(registers: [Registry<OpenMetricsContentType>]): (readings: Readings) => Promise<void> {
  const build = createGauge(
    ["paperboy_build_info", "Always 1; the version is a label"],
    ["version"],
    registers,
  );
  const papers = createGauge(["paperboy_papers", "Papers in the index"], [], registers);
  const connected = createGauge(
    ["paperboy_connected", "1 while a platform is connected, 0 while it is not"],
    ["platform"],
    registers,
  );
  const underWay = createGauge(
    ["paperboy_answers_under_way", "Answers to people that were begun and have not ended"],
    ["platform"],
    registers,
  );
  const setDue = createDueGauges(registers);
  const age = createGauge(
    ["paperboy_source_age_seconds", "Time since a source was last read without a failure"],
    ["source"],
    registers,
  );
  const failures = createGauge(
    ["paperboy_source_failures", "Failures in a row of reading a source"],
    ["source"],
    registers,
  );
  return async (readings) => {
    for (const gauge of [build, papers, connected, underWay, age, failures]) gauge.reset();
    build.set({ version: readings.version }, 1);
    for (const [platform, is] of Object.entries(readings.connected()))
      connected.set({ platform }, is ? 1 : 0);
    for (const [platform, number] of Object.entries(readings.underWay())) underWay.set({ platform }, number);
    await setDue(readings);
    const [known, sources] = await Promise.all([
      readings.papers().catch(() => undefined),
      readings.sources().catch(() => []),
    ]);
    if (known === undefined) papers.remove();
    else papers.set(known);
    for (const { source, readAt, failures: inARow } of sources) {
      if (readAt !== undefined)
        age.set({ source }, Math.max(0, readings.now().getTime() - readAt.getTime()) / 1000);
      failures.set({ source }, inARow);
    }
  };
}

/** Figures that begin with nothing, besides those of the process and its event loop. */
export function createFigures(): Figures {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  collectDefaultMetrics({ register: registry });
  const count = createCounters([registry]);
  const look = createGauges([registry]);
  return {
    count,
    async text(readings) {
      await look(readings);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
