import { copyFile, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Encoder } from "../../src/search/meaning/encoder.ts";
import { encoderIn, hasRealEncoder, realEncoder } from "../support/real-encoder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const given = path.resolve(import.meta.dirname, "../encoder");

const opened: Encoder[] = [];
function open(...place: Parameters<typeof encoderIn>): Encoder {
  const encoder = encoderIn(...place);
  opened.push(encoder);
  return encoder;
}

afterAll(() => Promise.all(opened.map((encoder) => encoder.close())));

const cosine = (a: Float32Array | undefined, b: Float32Array | undefined): number =>
  a?.reduce((sum, number, i) => sum + number * (b?.[i] ?? 0), 0) ?? 0;

describe.skipIf(!hasRealEncoder)("the encoder all-MiniLM-L6-v2", () => {
  it(
    "gives 100 texts the vectors that the reference implementation gives them",
    { timeout: 120_000 },
    async () => {
      const texts = JSON.parse(await readFile(path.join(given, "texts.json"), "utf8")) as string[];
      const reference = await readFile(path.join(given, "vectors.f32"));
      const encoder = open(realEncoder.folder);
      const { name, dimensions } = await encoder.open();
      expect([name, dimensions, texts.length, reference.length]).toEqual([
        "all-MiniLM-L6-v2",
        384,
        100,
        100 * 384 * 4,
      ]);
      const vectors = await encoder.encodePapers(texts);
      const astray = texts.filter((_text, i) =>
        vectors[i]?.some(
          (number, k) => !(Math.abs(number - reference.readFloatLE((i * 384 + k) * 4)) < 1e-3),
        ),
      );
      expect(astray).toEqual([]);
      expect(vectors.length).toBe(100);
      // Asked alone or among others, a text means the same.
      expect(await encoder.encodeQuery(texts[30] ?? "")).toEqual(vectors[30]);
    },
  );

  it(
    "answers what is asked while papers are encoded, and keeps nobody else waiting",
    { timeout: 120_000 },
    async () => {
      const encoder = open(realEncoder.folder);
      await encoder.open();
      const order: string[] = [];
      const papers = encoder
        .encodePapers(Array.from({ length: 40 }, (_, i) => `${"attention and memory ".repeat(80)}${i}`))
        .then(() => order.push("papers"));
      const [a, b] = await Promise.all(
        ["footballers", "soccer players"].map((text) => encoder.encodeQuery(text)),
      );
      order.push("questions");
      expect(cosine(a, b)).toBeGreaterThan(0.6);
      await papers;
      expect(order).toEqual(["questions", "papers"]);
    },
  );

  it("pools as its folder says, and has another version then", { timeout: 120_000 }, async () => {
    const folder = path.join(await temporaryFolder(), "first-token");
    await cp(realEncoder.folder, folder, { recursive: true });
    await mkdir(path.join(folder, "1_Pooling"), { recursive: true });
    await writeFile(path.join(folder, "1_Pooling/config.json"), '{"pooling_mode_cls_token": true}');
    const [means, firsts] = [open(realEncoder.folder), open(folder)];
    const [a, b] = await Promise.all([means.open(), firsts.open()]);
    expect([b.name, b.version === a.version]).toEqual(["first-token", false]);
    const [mean, first] = await Promise.all([means.encodeQuery("graphs"), firsts.encodeQuery("graphs")]);
    expect(Math.hypot(...first)).toBeCloseTo(1, 5);
    expect(cosine(mean, first)).toBeLessThan(0.99);
  });

  it("says what does not fit in a folder", { timeout: 120_000 }, async () => {
    const folder = path.join(await temporaryFolder(), "broken");
    await mkdir(folder);
    const said = async (runtime?: string[]): Promise<string> =>
      open(folder, runtime)
        .open()
        .then(
          () => "it opened",
          (error: unknown) => String(error),
        );
    expect(await said()).toMatch(/There is no encoder in .*broken: it has none of .*model\.onnx/);
    await writeFile(path.join(folder, "model.onnx"), "no model");
    expect(await said()).toMatch(/has no tokenizer\.json/);
    await copyFile(path.join(realEncoder.folder, "tokenizer.json"), path.join(folder, "tokenizer.json"));
    expect(await said()).toMatch(
      /does not say how the vectors of its tokens become one.*1_Pooling\/config\.json/,
    );
    await cp(path.join(realEncoder.folder, "1_Pooling"), path.join(folder, "1_Pooling"), { recursive: true });
    expect(await said()).toMatch(/The encoder in .*broken cannot be used: .*protobuf/i);
    expect(await said([await temporaryFolder()])).toMatch(
      /needs onnxruntime-node and @huggingface\/tokenizers, which are not installed.*npm install --ignore-scripts --prefix "/,
    );
  });

  it("can be ended and opened again", { timeout: 120_000 }, async () => {
    const encoder = open(realEncoder.folder);
    const { version } = await encoder.open();
    const asked = encoder.encodePapers(["a".repeat(2000)]).catch((error: unknown) => String(error));
    await encoder.close();
    expect(["string", "object"]).toContain(typeof (await asked));
    expect((await encoder.open()).version).toBe(version);
    expect(Math.hypot(...(await encoder.encodeQuery("again")))).toBeCloseTo(1, 5);
  });
});
