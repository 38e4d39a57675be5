/** Copies one input without what it tells of its host: archives are walked, every file in them by its own format. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { InputError } from "../../base/input-error.ts";
import type { Component } from "../../component/load.ts";
import { ARCHIVE_LIMITS, Budget } from "../archive/limits.ts";
import { watched } from "../byte-source.ts";
import { Facts } from "../facts.ts";
import type { ByteSource, FactSink, Importer } from "../importer.ts";
import { recognise } from "../recognise.ts";
import { Sink } from "../sink.ts";
import { refuseUnreadable } from "../unclaimed.ts";
import { neutralPath } from "./neutral-path.ts";
import type { Redaction } from "./redaction.ts";

/** Where the copies go. */
export interface RedactedFiles {
  /** `path` has `/` between its parts, and may have been given before. Throws what `pieces` throws. */
  write(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
}

/** A file that is in the copy, or is not. */
export interface RedactedFile {
  readonly file: string;
  /** Absent when it was left out. */
  readonly format?: string;
  /** Why it was left out. */
  readonly reason?: string;
}

export interface RedactContext {
  readonly importers: readonly Importer[];
  readonly component: Component;
  readonly redaction: Redaction;
  readonly files: RedactedFiles;
  /** The path of a file in the copy, before its names are replaced. */
  readonly relative: (file: string) => string;
}

/** Every file of the input; damage of archives comes as diagnostics. */
export async function redactInput(
  input: ByteSource,
  context: RedactContext,
): Promise<{ files: RedactedFile[]; diagnostics: Diagnostic[] }> {
  const budget = new Budget(ARCHIVE_LIMITS);
  const found: RedactedFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const source = watched(input, ({ length }) => {
    budget.inputBytes += length;
  });
  await redactLayer(source, 0);
  return { files: found, diagnostics };

  async function redactLayer(layerInput: ByteSource, layer: number): Promise<void> {
    const { file } = layerInput;
    let closing = async () => {};
    try {
      const recognised = await recognise(layerInput, context.importers);
      const { head, source: whole, importer, close } = recognised;
      closing = close;
      if (importer?.unpacks) {
        const sink = sinkAt(layer);
        sink.refuseTooDeep(layerInput);
        await importer.read(whole, sink);
      } else if (importer === undefined) {
        refuseUnreadable(file, head);
        found.push({ file, reason: "it is of no known format" });
      } else if (importer.redact === undefined) {
        found.push({ file, reason: `${importer.title}: this format is not redacted` });
      } else {
        const relative = context.relative(file);
        const path = neutralPath(relative, whole, importer.id, context.redaction);
        await context.files.write(path, importer.redact(whole, head, context.redaction));
        found.push({ file, format: importer.id });
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      found.push({ file, reason: error.message });
    } finally {
      await closing();
    }
  }

  /** Hands members on as reading does, and keeps no fact. */
  function sinkAt(layer: number): Sink & FactSink {
    return new Sink({
      component: context.component,
      importers: context.importers,
      diagnostics,
      whole: new Facts(),
      sections: new Map(),
      budget,
      layer,
      readMember: redactLayer,
    });
  }
}
