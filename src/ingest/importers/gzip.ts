/** Anything packed with gzip: a single file, or an archive, which is then read as if it were not packed. */
import { ByteReader } from "../archive/byte-reader.ts";
import { baseName } from "../file-name.ts";
import { type ByteSource, defineImporter, type FactSink } from "../importer.ts";

const MAGIC = [0x1f, 0x8b, 0x08];

export const gzip = defineImporter({
  id: "gzip",
  title: "gzip file",
  docs: "docs/formats/gzip.md",
  priority: 0, // Told by its first bytes, which are no text.
  unpacks: true,
  sniff: ({ bytes }) => MAGIC.every((byte, at) => bytes[at] === byte),

  async read(source, sink) {
    const reader = new ByteReader(source);
    const content = await unpack(reader, source, sink);
    await sink.readPacked(
      { file: source.file, offset: 0, bytes: undefined, chunks: () => content.chunks() },
      () => content.name() ?? nameOf(source.file),
    );
  },
});

/** All members of the file, one after the other, as `gunzip` gives them. */
async function unpack(reader: ByteReader, source: ByteSource, sink: FactSink) {
  // Loaded when it is needed: most inputs are not packed.
  const { Inflater } = await import("../archive/inflate.ts");
  let name: string | undefined;
  let unpacked = 0;
  const problem = (code: "truncated" | "malformed" | "over-limit", message: string, hint: string) =>
    sink.diagnostic({
      level: "data-loss",
      code,
      file: source.file,
      offset: source.offset + reader.position,
      message,
      hint,
    });

  async function* chunks() {
    for (;;) {
      const inflater = new Inflater(reader, "gzip", sink.budget);
      for await (const chunk of inflater.chunks()) {
        name ??= inflater.name;
        yield chunk;
      }
      name ??= inflater.name;
      unpacked += inflater.outputBytes;
      if (inflater.stop) {
        const { code, message } = inflater.stop;
        const hint =
          code === "over-limit"
            ? "Unpack it, and pass the files, if you trust it."
            : "Was it copied whole? `gzip -t <file>` checks it.";
        return problem(code, `${message}; the ${unpacked} bytes unpacked before it are read`, hint);
      }
      const next = await reader.peek(MAGIC.length);
      if (MAGIC.every((byte, at) => next[at] === byte)) continue;
      return passEnd();
    }
  }

  /** Tapes and disks pad with zeros. */
  async function passEnd() {
    for (let chunk = await reader.chunk(); chunk; chunk = await reader.chunk()) {
      const strange = chunk.findIndex((byte) => byte !== 0);
      reader.take(strange === -1 ? chunk.length : strange);
      if (strange === -1) continue;
      const message = `something follows that is not packed with gzip; the ${unpacked} bytes unpacked before it are read`;
      return problem("malformed", message, "Was it copied whole? `gzip -t <file>` checks it.");
    }
  }

  return { chunks, name: () => (name === undefined ? undefined : baseName(name)) };
}

/** `maps.json.gz` -> `maps.json`. */
function nameOf(file: string): string {
  return baseName(file).replace(/\.gz$/i, "") || "content";
}
