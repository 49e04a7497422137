import { createHash, randomBytes } from "node:crypto";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const REPOSITORY = "Xenova/all-MiniLM-L6-v2";
const REVISION = "0123456789abcdef0123456789abcdef01234567";

/** How a stand-in of Hugging Face's hub misbehaves. */
interface HubFaults {
  /** The model's next transfer ends after so many bytes. */
  breaksAfter: number | undefined;
  /** The model is not what its sum says. */
  lies: boolean;
  /** Where files lie, in place of the hub itself. */
  store: string | undefined;
}

const sha = (kind: "sha1" | "sha256", ...parts: readonly (string | Buffer)[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash(kind)).digest("hex");

/** A stand-in of Hugging Face's hub with one encoder, whose model is no model: large files by SHA-256, small ones as git has them. */
export async function startHub() {
  const files = new Map<string, Buffer>([
    ["onnx/model_quantized.onnx", randomBytes(400_000)],
    ["tokenizer.json", Buffer.from('{"model": {}}')],
    ["tokenizer_config.json", Buffer.from("{}")],
    ["config.json", Buffer.from('{"max_position_embeddings": 512}')],
  ]);
  const faults: HubFaults = { breaksAfter: undefined, lies: false, store: undefined };
  const asked: string[] = [];
  const tree = () =>
    Array.from(files, ([path, bytes]) => ({
      type: "file",
      path,
      size: bytes.length,
      oid: sha("sha1", `blob ${bytes.length}\0`, bytes),
      ...(path.endsWith(".onnx") ? { lfs: { oid: sha("sha256", bytes), size: bytes.length } } : {}),
    }));
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://hub");
    const { range } = request.headers;
    asked.push(`${pathname}${range === undefined ? "" : ` ${range}`}`);
    const json = (value: unknown): void => void response.end(JSON.stringify(value));
    if (pathname === `/api/models/${REPOSITORY}/revision/main`) return json({ sha: REVISION });
    if (pathname === `/api/models/${REPOSITORY}/tree/${REVISION}`) return json(tree());
    const wanted = pathname.split(`/${REPOSITORY}/resolve/${REVISION}/`)[1];
    if (wanted?.endsWith(".onnx") === true) {
      response.writeHead(302, { location: `${faults.store ?? ""}/store/${wanted}` }).end();
      return;
    }
    const name = wanted ?? pathname.split("/store/")[1] ?? "";
    const bytes = files.get(name);
    if (bytes === undefined) {
      response.writeHead(404).end();
      return;
    }
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
    const sent = Buffer.from(bytes.subarray(from));
    if (faults.lies && name.endsWith(".onnx")) sent[0] = (sent[0] ?? 0) ^ 1;
    response.writeHead(from > 0 ? 206 : 200, { "content-length": sent.length });
    const cut = name.endsWith(".onnx") ? faults.breaksAfter : undefined;
    if (cut === undefined) {
      response.end(sent);
      return;
    }
    faults.breaksAfter = undefined;
    response.write(sent.subarray(0, cut), () => setTimeout(() => response.destroy(), 100));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    files,
    faults,
    asked,
    revision: REVISION,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
