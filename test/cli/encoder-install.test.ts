import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { devNull } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startHub } from "../fakes/sources/hub.ts";
import { runPlain } from "../support/run-plain.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

let hub: Awaited<ReturnType<typeof startHub>>;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

async function place() {
  const state = path.join(await temporaryFolder(), "state");
  const env = {
    PAPERBOY_ENV_FILE: devNull,
    PAPERBOY_LOG_FORMAT: "text",
    PAPERBOY_STATE: state,
    PAPERBOY_ENCODER_URL: hub.url,
  };
  return { state, encoder: (...argv: string[]) => runPlain(["encoder", ...argv], env) };
}

const model = (): Buffer => hub.files.get("onnx/model_quantized.onnx") ?? Buffer.alloc(0);
const modelSum = (): string => createHash("sha256").update(model()).digest("hex");

describe("paperboy encoder", () => {
  it("installs by name what the hub's sums vouch for, says and keeps them, and removes all of it", async () => {
    const { state, encoder } = await place();
    const { code, out } = await encoder("install");
    expect(code).toBe(0);
    expect(out).toContain(
      `all-MiniLM-L6-v2, from ${hub.url}/Xenova/all-MiniLM-L6-v2, revision ${hub.revision}`,
    );
    expect(out).toContain(`onnx/model_quantized.onnx: 400000 bytes, SHA-256 ${modelSum()}`);
    expect(out).toMatch(/tokenizer\.json: 13 bytes, git's SHA-1 [0-9a-f]{40}/);
    expect(out).toMatch(/onnxruntime-node.*npm install --ignore-scripts --prefix ".*state\/encoder"/);
    const kept = await readFile(path.join(state, "encoder/model/onnx/model_quantized.onnx"));
    expect(kept.equals(model())).toBe(true);
    expect(await readdir(path.join(state, "encoder"))).toEqual(["model"]);
    expect((await encoder("status")).out).toBe(out);
    expect((await encoder("remove")).code).toBe(0);
    // Of the database that notes who installed it.
    expect(await readdir(state)).toEqual(["paperboy.sqlite"]);
    expect((await encoder("status")).code).toBe(1);
  });

  it("goes on where a broken connection left it", async () => {
    const { encoder } = await place();
    hub.faults.breaksAfter = 150_000;
    const broken = await encoder("install", "all-MiniLM-L6-v2");
    expect([broken.code, broken.log]).toEqual([
      2,
      expect.stringContaining("The same command goes on from there"),
    ]);
    hub.asked.length = 0;
    expect((await encoder("install", "all-MiniLM-L6-v2")).code).toBe(0);
    expect(hub.asked.filter((one) => one.startsWith("/store/"))).toEqual([
      "/store/onnx/model_quantized.onnx bytes=150000-",
    ]);
  });

  it("throws away what differs from its sum, and asks no other host", async () => {
    const { state, encoder } = await place();
    hub.faults.lies = true;
    const lied = await encoder("install");
    hub.faults.lies = false;
    expect([lied.code, lied.log]).toEqual([
      2,
      expect.stringContaining(`not ${modelSum()} as the hub states`),
    ]);
    expect(await readdir(path.join(state, "encoder"))).toEqual(["downloads"]);
    hub.faults.store = "http://127.0.0.1:1";
    const led = await encoder("install");
    hub.faults.store = undefined;
    expect([led.code, led.log]).toEqual([
      2,
      expect.stringContaining("http://127.0.0.1:1, which may not be asked"),
    ]);
  });

  it("installs from a folder or a file, and says of what it does not know what is allowed", async () => {
    const { state, encoder } = await place();
    const folder = path.join(await temporaryFolder(), "mine");
    await mkdir(path.join(folder, "1_Pooling"), { recursive: true });
    await mkdir(path.join(folder, "onnx"));
    await writeFile(path.join(folder, "onnx/model.onnx"), "a model");
    await writeFile(path.join(folder, "tokenizer.json"), "{}");
    const unpooled = await encoder("install", folder);
    expect([unpooled.code, unpooled.log]).toEqual([2, expect.stringContaining("1_Pooling/config.json")]);
    await writeFile(path.join(folder, "1_Pooling/config.json"), '{"pooling_mode_cls_token": true}');
    for (const what of [folder, path.join(folder, "onnx/model.onnx")]) {
      const { code, out } = await encoder("install", what);
      expect([code, out]).toEqual([0, expect.stringContaining(`mine, from ${what}`)]);
      const manifest = await readFile(path.join(state, "encoder/model/paperboy-encoder.json"), "utf8");
      expect(JSON.parse(manifest)).toMatchObject({ name: "mine", pooling: "cls", maxTokens: 512 });
    }
    const unknown = await encoder("install", "word2vec");
    expect([unknown.code, unknown.log]).toEqual([
      2,
      expect.stringContaining("Known are all-MiniLM-L6-v2 and bge-small-en-v1.5"),
    ]);
    expect((await encoder("replace")).code).toBe(2);
  });
});
