/** What `redact` does: find the inputs, learn which maps hold ids, copy each file, tell what was left out. */

import { randomBytes } from "node:crypto";
import type { Diagnostic } from "../../base/diagnostic.ts";
import { formatCount } from "../../base/units.ts";
import type { ByteSource } from "../../ingest/importer.ts";
import { importers } from "../../ingest/importers/index.ts";
import { readIdMaps } from "../../ingest/redact/id-maps.ts";
import { publicIdMaps, publicNames } from "../../ingest/redact/known-names.ts";
import { type RedactedFile, redactInput } from "../../ingest/redact/redact-input.ts";
import { Redaction } from "../../ingest/redact/redaction.ts";
import { safeText } from "../../report/parts/safe-text.ts";
import { theComponent } from "../component.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { findInputs } from "../files.ts";
import type { Io } from "../io.ts";
import { diagnosticLines } from "../messages.ts";
import { progressOn } from "../progress.ts";
import { openOutput } from "../redacted/open-output.ts";
import { relativeTo } from "../redacted/relative.ts";
import { refuseOverwrite } from "../refuse-overwrite.ts";
import { UsageError } from "../usage-error.ts";

export interface RawRedactOptions {
  readonly output?: string;
  readonly salt?: string;
  readonly keepName?: readonly string[];
}

export async function runRedact(
  inputs: readonly string[],
  { output, salt, keepName = [] }: RawRedactOptions,
  io: Io,
): Promise<ExitCode> {
  if (inputs.length === 0) {
    throw new UsageError(
      "no input was given",
      "Give a capture: mapscope redact capture/ -o redacted.tar.gz",
    );
  }
  if (salt === "") throw new UsageError("--salt: it is empty", "Leave it out for a random one.");
  refuseOverwrite(output, inputs, io.cwd);
  const found = await sourcesOf(inputs, io);
  const files = await openOutput(output, io);
  const component = await theComponent();
  const progress = progressOn(io);
  try {
    const idMaps = publicIdMaps();
    const context = { importers, component };
    for (const { source } of found.sources) {
      for (const it of await readIdMaps(source, context)) idMaps.add(it);
    }
    const redaction = new Redaction({
      salt: salt ?? randomBytes(32).toString("hex"),
      names: new Set([...publicNames(), ...keepName]),
      idMaps,
    });
    const told: RedactedFile[] = [];
    const diagnostics: Diagnostic[] = [...found.diagnostics];
    const watched = progress.watch(found.sources.map(({ source }) => source));
    for (const [index, { relative }] of found.sources.entries()) {
      const source = watched[index] as ByteSource;
      const result = await redactInput(source, { ...context, redaction, files, relative });
      told.push(...result.files);
      diagnostics.push(...result.diagnostics);
    }
    progress.end();
    for (const it of diagnostics) io.stderr.write(diagnosticLines(it));
    const copied = told.filter((it) => it.format !== undefined).length;
    if (copied > 0) await files.finish();
    else await files.discard();
    io.stderr.write(summary(told, redaction));
    return copied === 0 || found.diagnostics.length > 0 ? EXIT.noInput : EXIT.done;
  } catch (error) {
    progress.end();
    await files.discard();
    throw error;
  }
}

interface Found {
  readonly source: ByteSource;
  readonly relative: (file: string) => string;
}

async function sourcesOf(inputs: readonly string[], io: Io) {
  const sources: Found[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const path of new Set(inputs)) {
    const found = findInputs([path], io);
    diagnostics.push(...found.diagnostics);
    for (const source of found.sources) {
      // A file may be named by itself and lie in a folder that is.
      if (seen.has(source.file)) continue;
      seen.add(source.file);
      sources.push({ source, relative: relativeTo(path, inputs.length > 1) });
    }
  }
  return { sources, diagnostics };
}

/** Names of files that were left out are the user's own: this goes to standard error, never into the copy. */
function summary(told: readonly RedactedFile[], { standIns, leftOut }: Redaction): string {
  const { names, ids, addresses, entries } = standIns.counts;
  const copied = told.filter((it) => it.format !== undefined).length;
  const lines = [`mapscope: ${formatCount(copied)} of ${formatCount(told.length)} files copied`];
  if (copied > 0) {
    lines.push(
      `  replaced: ${formatCount(names)} names, ${formatCount(ids)} ids, ${formatCount(addresses)} addresses, ${formatCount(entries)} keys and values`,
    );
  }
  for (const [what, count] of leftOut) lines.push(`  left out: ${formatCount(count)} ${what}`);
  for (const { file, reason } of told) {
    if (reason !== undefined) lines.push(`  left out: ${file}: ${reason}`);
  }
  if (copied > 0) {
    lines.push("  look through the copy before you share it: numbers and times are as they were");
  }
  return `${lines.map((it) => safeText(it)).join("\n")}\n`;
}
