/** Reads one input: looks at its head, finds the importer, and gathers what that puts into the sink. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { InputError } from "../base/input-error.ts";
import type { Component } from "../component/load.ts";
import { isBundle, isExpectedIn } from "./archive/bundles.ts";
import { ARCHIVE_LIMITS, type ArchiveLimits, Budget } from "./archive/limits.ts";
import { watched } from "./byte-source.ts";
import { Tail } from "./command-error.ts";
import { DiagnosticLog } from "./diagnostic-log.ts";
import { Facts, type FileFacts } from "./facts.ts";
import { Fingerprint } from "./fingerprint.ts";
import type { ByteSource, Importer } from "./importer.ts";
import { recognise } from "./recognise.ts";
import { Sink } from "./sink.ts";
import { nothingKnown, refuseUnreadable } from "./unclaimed.ts";

export interface ReadContext {
  readonly importers: readonly Importer[];
  readonly component: Component;
  readonly limits?: ArchiveLimits;
}

/** An archive gives itself and its members, members of its members too; anything else just itself. */
export async function readFile(input: ByteSource, context: ReadContext): Promise<FileFacts[]> {
  const budget = new Budget(context.limits ?? ARCHIVE_LIMITS);
  const source = watched(input, ({ length }) => {
    budget.inputBytes += length;
  });
  return readLayer(source, { ...context, input: input.file, budget, layer: 0 });
}

interface Layer extends ReadContext {
  readonly input: string;
  readonly budget: Budget;
  /** Archives around it. */
  readonly layer: number;
}

async function readLayer(input: ByteSource, layer: Layer): Promise<FileFacts[]> {
  const fingerprint = new Fingerprint();
  const tail = new Tail();
  const diagnostics = new DiagnosticLog();
  const members: FileFacts[] = [];
  const whole = new Facts();
  const sections = new Map<string, Facts>();
  let format = "unknown";
  let readable = true;
  let isArchive = false;
  let closing = async () => {};
  try {
    const { head, source, importer, close, notes } = await recognise(
      watched(input, (chunk) => {
        fingerprint.add(chunk);
        tail.add(chunk);
      }),
      layer.importers,
    );
    closing = close;
    diagnostics.push(...notes);
    if (importer) {
      const sink = new Sink({
        ...layer,
        diagnostics,
        whole,
        sections,
        readMember: async (member, layers) => {
          members.push(...(await readLayer(member, { ...layer, layer: layers })));
        },
      });
      isArchive = importer.unpacks === true;
      if (isArchive) sink.refuseTooDeep(input);
      await importer.read(source, sink);
      if (isArchive || diagnostics.length > notes.length || !isEmpty(whole, sections)) {
        format = sink.format ?? importer.id;
      }
    } else refuseUnreadable(input.file, head);
    const failed = tail.commandError(input.file);
    if (failed) diagnostics.push(failed);
    else if (format === "unknown") diagnostics.push(nothingKnown(input.file, head, false));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    diagnostics.push(error.toDiagnostic());
    readable = !isEmpty(whole, sections);
  } finally {
    // An input that no importer read to its end is still open.
    await closing();
  }
  if (isArchive) {
    readable = members.some((member) => member.readable);
    if (members.length === 0 && diagnostics.length === 0) diagnostics.push(nothingInside(input));
  }
  const own = {
    file: input.file,
    input: layer.input,
    isArchive,
    format,
    // Of one that nobody claims only the beginning is read, as much as a chunk happens to hold.
    bytes: input.bytes ?? fingerprint.bytes,
    fingerprint: fingerprint.toString(),
    whole,
    sections,
    diagnostics: diagnostics.finish(),
    readable,
  };
  return [own, ...(isBundle(format) ? members.map(withoutExpected) : members)];
}

/** A tool's archive holds much that says nothing of maps: that needs no word for each file. */
function withoutExpected(member: FileFacts): FileFacts {
  const diagnostics = member.diagnostics.filter(({ code }) => !isExpectedIn(member, code));
  return diagnostics.length === member.diagnostics.length ? member : { ...member, diagnostics };
}

function nothingInside({ file, offset }: ByteSource): Diagnostic {
  return {
    level: "data-loss",
    code: "empty",
    file,
    offset,
    message: "the archive holds no file",
    hint: "Pack the captures again: `tar -czf captures.tar.gz <folder>`.",
  };
}

function isEmpty(whole: Facts, sections: ReadonlyMap<string, Facts>) {
  return whole.isEmpty && [...sections.values()].every((facts) => facts.isEmpty);
}
