/** What to say of an input that no importer claims, or that holds nothing known. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { InputError } from "../base/input-error.ts";
import type { Head } from "./head.ts";
import type { ByteSource } from "./importer.ts";

const CAPTURE =
  "On the host, as root: `bpftool -j map show > maps.json`, `bpftool -j prog show > progs.json`, " +
  "`bpftool -j map dump name <name> > map-dump-<name>.json`.";

interface Signature {
  readonly magic: readonly number[];
  readonly what: string;
  readonly hint: string;
}

/** Things people attach that are no text. */
const SIGNATURES: readonly Signature[] = [
  {
    magic: [0x42, 0x5a, 0x68],
    what: "a bzip2 file",
    hint: "Unpack it first: `bunzip2 -k <file>`.",
  },
  {
    magic: [0x37, 0x7a, 0xbc, 0xaf],
    what: "a 7z archive",
    hint: "Unpack it first: `7z x <file>`.",
  },
  {
    magic: [0x52, 0x61, 0x72, 0x21],
    what: "a RAR archive",
    hint: "Unpack it first: `unrar x <file>`.",
  },
  {
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    what: "a zstd file",
    hint: "Unpack it first: `zstd -d <file>`.",
  },
  {
    magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    what: "an xz file",
    hint: "Unpack it first: `xz -dk <file>`.",
  },
  {
    magic: [0x89, 0x50, 0x4e, 0x47],
    what: "a PNG image",
    hint: "Figures in an image cannot be read: pass the text, such as `bpftool -j map show > maps.json`.",
  },
  {
    magic: [0xff, 0xd8, 0xff],
    what: "a JPEG image",
    hint: "Figures in an image cannot be read: pass the text, such as `bpftool -j map show > maps.json`.",
  },
];

/** Throws `InputError` for what is empty or no text at all. */
export function refuseUnreadable(file: string, head: Head): void {
  if (head.bytes.length === 0 || head.isBlank) {
    throw new InputError(
      "empty",
      { file, offset: 0 },
      head.bytes.length === 0 ? "the input has no bytes" : "the input is white space only",
      `Did the command fail? ${CAPTURE}`,
    );
  }
  if (head.isText) return;
  const known = SIGNATURES.find(({ magic }) => magic.every((byte, at) => head.bytes[at] === byte));
  const start = [...head.bytes.subarray(0, 4)].map((it) => it.toString(16).padStart(2, "0"));
  throw new InputError(
    "wrong-format",
    { file, offset: 0 },
    known
      ? `this is ${known.what}`
      : `this is no text: it begins with the bytes ${start.join(" ")}`,
    known?.hint ?? CAPTURE,
  );
}

/** A readable text without anything known in it, or with nothing but words about the host. */
export function nothingKnown(file: string, head: Head, hasHostFacts: boolean): Diagnostic {
  const { onlyError } = head.json ?? {};
  if (onlyError !== undefined) {
    return {
      level: "warning",
      code: "tool-error",
      file,
      offset: 0,
      message: `the tool reported only an error: ${JSON.stringify(onlyError.slice(0, 200))}`,
      hint: `Run it as root, on the host. ${CAPTURE}`,
    };
  }
  const keys = [...(head.json?.keys ?? [])].slice(0, 5);
  return {
    level: "info",
    code: "nothing-known",
    file,
    offset: 0,
    message:
      keys.length > 0
        ? `the JSON is of no known format; its records have the keys ${keys.join(", ")}`
        : `the text can be read, but nothing in it${
            hasHostFacts ? ", apart from facts about the host," : ""
          } is of a known format`,
    hint: CAPTURE,
  };
}

/** A report that tells of a system and measures nothing of it that could be read. */
export function nothingMeasured({ file, offset }: ByteSource): Diagnostic {
  return {
    level: "info",
    code: "nothing-known",
    file,
    offset,
    message:
      "nothing is measured in this text: it holds no output of a tool and no table of figures",
    hint: CAPTURE,
  };
}
