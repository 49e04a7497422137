import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { readCorpus } from "./corpus.ts";
import { makeQuestions } from "./questions.ts";

const run = promisify(execFile);

/** The sources lie in the project's folder, from which benchmarks are started; compiled is none of them. */
const sources = path.resolve("test/bench/peers");

/** A peer that is no package of Node: what it needs on the machine, how it is made ready, and how it is run. */
interface Peer {
  readonly engine: string;
  readonly needs: readonly (readonly [command: string, argument: string])[];
  readonly prepare: (folder: string) => Promise<unknown>;
  readonly measure: (folder: string, args: readonly string[]) => Promise<{ readonly stdout: string }>;
}

const PEERS: readonly Peer[] = [
  {
    engine: "lucene 9.12, English analyser, any word",
    needs: [
      ["java", "-version"],
      ["mvn", "-version"],
    ],
    prepare: (folder) =>
      run("mvn", [
        "-q",
        "-B",
        "-f",
        path.join(sources, "lucene/pom.xml"),
        "dependency:copy-dependencies",
        `-DoutputDirectory=${path.join(folder, "libraries")}`,
      ]),
    measure: (folder, args) =>
      run("java", [
        "-cp",
        path.join(folder, "libraries", "*"),
        path.join(sources, "lucene/Bench.java"),
        ...args,
      ]),
  },
  {
    engine: "tantivy 0.27, English stems, any word",
    needs: [["python3", "--version"]],
    prepare: (folder) =>
      run("python3", [
        "-m",
        "pip",
        "install",
        "-q",
        "--target",
        path.join(folder, "libraries"),
        "tantivy==0.27.0",
      ]),
    measure: (folder, args) =>
      run("python3", [path.join(sources, "tantivy_bench.py"), ...args], {
        env: { ...process.env, PYTHONPATH: path.join(folder, "libraries") },
      }),
  },
];

/** Why a peer cannot be run here; undefined when it can. */
async function lacking({ needs }: Peer): Promise<string | undefined> {
  for (const [command, argument] of needs) {
    const failed = await run(command, [argument]).then(
      () => undefined,
      () => `there is no ${command} here`,
    );
    if (failed !== undefined) return failed;
  }
  return undefined;
}

/** A text without what divides lines and fields. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

/** Why something failed, in one line. */
const reasonOf = (error: unknown): string =>
  oneLine(error instanceof Error ? error.message : String(error)).slice(0, 300);

async function measurePeer(peer: Peer, folder: string, files: readonly string[]): Promise<object> {
  const { engine } = peer;
  const missing = await lacking(peer);
  if (missing !== undefined) return { engine, notMeasured: missing };
  try {
    await mkdir(path.join(folder, "index"), { recursive: true });
    await peer.prepare(folder);
    const { stdout } = await peer.measure(folder, [...files, path.join(folder, "index")]);
    return { engine, ...(JSON.parse(stdout) as object) };
  } catch (error) {
    return { engine, notMeasured: reasonOf(error) };
  }
}

/** Lucene and Tantivy over the same papers and questions, where Java, Maven and Python are there; else it says so. */
export async function* measurePeers(size: number, folder: string): AsyncGenerator<object> {
  const papers = await readCorpus(size);
  const { searches } = makeQuestions(papers, 20_261_121);
  const [papersFile, questionsFile] = [path.join(folder, "papers.tsv"), path.join(folder, "questions.txt")];
  const lines = papers.map(({ title, abstract = "" }) => `${oneLine(title)}\t${oneLine(abstract)}\n`);
  await writeFile(papersFile, lines.join(""));
  await writeFile(questionsFile, searches.map((text) => `${oneLine(text)}\n`).join(""));
  for (const [i, peer] of PEERS.entries()) {
    const own = path.join(folder, `peer-${i}`);
    yield await measurePeer(peer, own, [papersFile, questionsFile]);
  }
}
