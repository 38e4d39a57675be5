/** Redacts files in memory, as the command does. */
import { fromBytes } from "../../../src/ingest/byte-source.ts";
import { importers } from "../../../src/ingest/importers/index.ts";
import { readFile } from "../../../src/ingest/read-file.ts";
import { idMapsIn, publicIdMaps, publicNames } from "../../../src/ingest/redact/known-names.ts";
import { type RedactedFile, redactInput } from "../../../src/ingest/redact/redact-input.ts";
import { Redaction } from "../../../src/ingest/redact/redaction.ts";
import { component } from "../../support/component.ts";

export type File = readonly [file: string, bytes: Uint8Array];

export interface Redacted {
  readonly copies: readonly File[];
  readonly files: readonly RedactedFile[];
  readonly redaction: Redaction;
}

export async function redactFiles(input: readonly File[], salt = "salt"): Promise<Redacted> {
  const context = { importers, component: await component() };
  const idMaps = publicIdMaps();
  for (const [file, bytes] of input) {
    for (const it of idMapsIn(await readFile(fromBytes(file, bytes), context))) idMaps.add(it);
  }
  const redaction = new Redaction({ salt, names: publicNames(), idMaps });
  const copies: [string, Uint8Array][] = [];
  const files: RedactedFile[] = [];
  for (const [file, bytes] of input) {
    const result = await redactInput(fromBytes(file, bytes), {
      ...context,
      redaction,
      relative: (it) => it,
      files: {
        async write(path, pieces) {
          const parts: Uint8Array[] = [];
          for await (const it of pieces) parts.push(it.slice());
          copies.push([path, Buffer.concat(parts)]);
        },
      },
    });
    files.push(...result.files);
  }
  return { copies, files, redaction };
}
