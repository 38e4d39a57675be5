/** Reads one input: looks at its head, finds the importer, and gathers what that puts into the sink. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { InputError } from "../base/input-error.ts";
import type { Component } from "../component/load.ts";
import { peek } from "./byte-source.ts";
import { detect } from "./detect.ts";
import { Facts, type FileFacts } from "./facts.ts";
import { Fingerprint } from "./fingerprint.ts";
import type { ByteSource, Importer } from "./importer.ts";
import { Sink } from "./sink.ts";
import { nothingKnown, refuseUnreadable } from "./unclaimed.ts";

export async function readFile(
  input: ByteSource,
  importers: readonly Importer[],
  component: Component,
): Promise<FileFacts> {
  const fingerprint = new Fingerprint();
  const diagnostics: Diagnostic[] = [];
  const whole = new Facts();
  const sections = new Map<string, Facts>();
  let format = "unknown";
  let readable = true;
  let closing = async () => {};
  try {
    const { head, source, close } = await peek(counted(input, fingerprint));
    closing = close;
    const importer = detect(head, importers);
    if (importer) {
      await importer.read(source, new Sink({ component, importers, diagnostics, whole, sections }));
      if (diagnostics.length > 0 || !isEmpty(whole, sections)) format = importer.id;
    } else refuseUnreadable(input.file, head);
    if (format === "unknown") diagnostics.push(nothingKnown(input.file, head, false));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    diagnostics.push(error.toDiagnostic());
    readable = !isEmpty(whole, sections);
  } finally {
    // An input that no importer read to its end is still open.
    await closing();
  }
  return {
    file: input.file,
    format,
    bytes: fingerprint.bytes,
    fingerprint: fingerprint.toString(),
    whole,
    sections,
    diagnostics,
    readable,
  };
}

function isEmpty(whole: Facts, sections: ReadonlyMap<string, Facts>) {
  return whole.isEmpty && [...sections.values()].every((facts) => facts.isEmpty);
}

function counted(source: ByteSource, fingerprint: Fingerprint): ByteSource {
  return {
    ...source,
    async *chunks(lifetime) {
      for await (const chunk of source.chunks(lifetime)) {
        fingerprint.add(chunk);
        yield chunk;
      }
    },
  };
}
