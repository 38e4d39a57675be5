/** The bytes of the component from wherever the caller has them: a file, an address, a response, a module. */

/**
 * `component.core.wasm` of this package: its bytes, a compiled module, a `Response` (or a promise of one),
 * or an address; without one the file beside the bundle, as Node and bundlers find it.
 */
export type CoreSource =
  | BufferSource
  | WebAssembly.Module
  | URL
  | string
  | Response
  | Promise<Response>;

export async function readCore(
  source: CoreSource = new URL("../component/generated/parse.core.wasm", import.meta.url),
): Promise<BufferSource | WebAssembly.Module> {
  const found = await source;
  if (typeof found === "string" || found instanceof URL) return readAddress(String(found));
  if (typeof Response !== "undefined" && found instanceof Response) return readResponse(found);
  return found as BufferSource | WebAssembly.Module;
}

async function readAddress(address: string): Promise<BufferSource> {
  if (address.startsWith("file:")) {
    const bytes = readFile(new URL(address));
    if (bytes !== undefined) return bytes;
  }
  return readResponse(await fetch(address));
}

async function readResponse(response: Response): Promise<ArrayBuffer> {
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}

/** Node, which does not fetch files; asked for without an import that a bundler for browsers would follow. */
interface NodeProcess {
  getBuiltinModule?(name: "node:fs"): { readFileSync(path: URL): Uint8Array<ArrayBuffer> };
}

function readFile(path: URL): Uint8Array<ArrayBuffer> | undefined {
  const { process } = globalThis as { process?: NodeProcess };
  return process?.getBuiltinModule?.("node:fs").readFileSync(path);
}
