/** What `size` does: definitions from options, a file or objects -> rows -> report. */
import { z } from "zod";
import { sizing } from "../../analyze/sizing.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { MapDefinition } from "../../model/definition.ts";
import { sizeRows } from "../../model/size.ts";
import { readDefinitionRow, type SizedDefinition } from "../../model/size-definitions.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { diagnosticLines } from "../messages.ts";
import { checked, flagOf } from "../options/checks.ts";
import { cpusSchema, kernelSchema, parseHostOptions } from "../options/host-options.ts";
import { readJsonOption } from "../options/json-file.ts";
import { mapTypeOf } from "../options/map-type.ts";
import { readVersion } from "../package-files.ts";
import { readObjects } from "../read-objects.ts";
import { refuseOverwrite } from "../refuse-overwrite.ts";
import { UsageError } from "../usage-error.ts";
import { checkFormat, type RawReportOptions, writeReport } from "../write-report.ts";

/** As commander hands them over. */
export interface RawSizeOptions extends RawReportOptions {
  readonly type?: string;
  readonly keySize: string;
  readonly valueSize: string;
  readonly maxEntries: string;
  readonly mapFlags: string;
  readonly mapExtra?: string;
  readonly entries: string;
  readonly innerType?: string;
  readonly innerKeySize?: string;
  readonly innerValueSize?: string;
  readonly innerMaxEntries?: string;
  readonly definitions?: string;
  readonly kernel: string;
  readonly possibleCpus: string;
  readonly pageSize?: string;
  readonly structSizes?: string;
  readonly kernelBtf?: string;
}

interface Named {
  readonly name?: string;
  readonly sized: SizedDefinition;
}

/** Numbers only: whether a kernel takes them is the model's to say, with the rule they break. */
const numberSchema = z
  .string()
  .regex(/^[-+]?(0x[0-9a-f]+|\d+(\.\d+)?)$/i, "must be a number, decimal or 0x...")
  .transform((text) => (text.startsWith("-") ? -Number(text.slice(1)) : Number(text)));

export async function runSize(
  objects: readonly string[],
  raw: RawSizeOptions,
  io: Io,
): Promise<ExitCode> {
  checkFormat(raw.format, "sizes");
  const { pageSize, structSizes } = await parseHostOptions(
    {
      ...(raw.pageSize !== undefined && { pageSize: raw.pageSize }),
      ...(raw.structSizes !== undefined && { structSizes: raw.structSizes }),
      ...(raw.kernelBtf !== undefined && { kernelBtf: raw.kernelBtf }),
    },
    io.cwd,
  );
  const kernels = listed("kernel", kernelSchema, raw.kernel);
  const possibleCpus = listed("possibleCpus", cpusSchema, raw.possibleCpus);
  if (raw.kernelBtf !== undefined && kernels.length > 1) {
    throw new UsageError(
      `--kernel-btf ${raw.kernelBtf}: it holds for one kernel, and --kernel names ${kernels.length}`,
      "Give the one release that the BTF is of, as its host's `uname -r` prints it.",
    );
  }
  const { named, diagnostics } = await definitionsOf(objects, raw, io);
  if (named.length === 0) {
    for (const it of diagnostics) io.stderr.write(diagnosticLines(it));
    io.stderr.write("mapscope: no input could be read\n");
    return EXIT.noInput;
  }
  refuseOverwrite(
    raw.output,
    [...objects, ...(raw.definitions === undefined ? [] : [raw.definitions])],
    io.cwd,
  );
  const rows = sizeRows({
    definitions: named.map((it) => it.sized),
    kernels,
    possibleCpus,
    ...(pageSize !== undefined && { pageSize }),
    ...(structSizes !== undefined && { structSizes }),
  });
  const names = named.map((it) => it.name);
  await writeReport(sizing(rows, names, await readVersion(), [...diagnostics]), raw, io);
  return EXIT.done;
}

async function definitionsOf(
  objects: readonly string[],
  raw: RawSizeOptions,
  io: Io,
): Promise<{ named: readonly Named[]; diagnostics: readonly Diagnostic[] }> {
  const given = [objects.length > 0, raw.definitions !== undefined, raw.type !== undefined];
  if (given.filter(Boolean).length !== 1) {
    throw new UsageError(
      given.some(Boolean)
        ? "objects, --definitions and --type exclude each other"
        : "no definition was given",
      "For example: mapscope size --type hash --key-size 4 --value-size 8 --max-entries 1024",
    );
  }
  if (raw.definitions !== undefined) return fromFile(raw.definitions, io);
  if (raw.type !== undefined) {
    return { named: [{ sized: fromOptions(raw.type, raw) }], diagnostics: [] };
  }
  const read = await readObjects(objects, io);
  const named = read.objects.flatMap(({ maps }) =>
    maps.map(({ name, definition }) => ({ name, sized: declared(definition) })),
  );
  return { named, diagnostics: read.diagnostics };
}

/** A size that the object does not tell is NaN, which no JSON can hold: 0 and the reason stand for it. */
function declared(definition: MapDefinition): SizedDefinition {
  const { keySize, valueSize } = definition;
  const untold = [
    ...(Number.isNaN(keySize) ? ["key size"] : []),
    ...(Number.isNaN(valueSize) ? ["value size"] : []),
  ];
  const sized = { entries: 0, ignored: [], isDeclared: true } as const;
  if (untold.length === 0) return { ...sized, definition };
  return {
    ...sized,
    definition: { ...definition, keySize: keySize || 0, valueSize: valueSize || 0 },
    reason: `the object does not tell the ${untold.join(" and the ")}`,
  };
}

async function fromFile(file: string, io: Io) {
  const rows = await readJsonOption(
    "--definitions",
    file,
    io.cwd,
    z.array(z.unknown()).or(z.object({ rows: z.array(z.unknown()) }).transform((it) => it.rows)),
    'It must be a JSON array: [{"type": "hash", "keySize": 4, "valueSize": 8, "maxEntries": 1024, "flags": 0}]',
  );
  const named = rows.map((row) => ({ sized: readDefinitionRow(row) }));
  const ignored = new Map<string, number>();
  for (const key of named.flatMap((it) => it.sized.ignored)) {
    ignored.set(key, (ignored.get(key) ?? 0) + 1);
  }
  const diagnostics = [...ignored].map(
    ([key, count]): Diagnostic => ({
      level: "info",
      code: "unknown-key",
      file,
      message: `${key} means nothing here and is ignored in ${count} rows`,
    }),
  );
  return { named, diagnostics };
}

function fromOptions(type: string, raw: RawSizeOptions): SizedDefinition {
  const number = (name: keyof RawSizeOptions) =>
    checked(String(name), numberSchema, raw[name] ?? "0");
  return readDefinitionRow({
    type: mapTypeOf("--type", type),
    keySize: number("keySize"),
    valueSize: number("valueSize"),
    maxEntries: number("maxEntries"),
    flags: number("mapFlags"),
    entries: number("entries"),
    ...(raw.mapExtra !== undefined && { mapExtra: number("mapExtra") }),
    ...(raw.innerType !== undefined && {
      innerType: mapTypeOf("--inner-type", raw.innerType),
      innerKeySize: number("innerKeySize"),
      innerValueSize: number("innerValueSize"),
      innerMaxEntries: number("innerMaxEntries"),
    }),
  });
}

function listed<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  text: string,
): z.infer<Schema>[] {
  const values = text.split(",").map((it) => it.trim());
  if (values.includes("")) {
    throw new UsageError(`${flagOf(name)} ${text}: must be values separated by single commas`);
  }
  return values.map((it) => checked(name, schema, it));
}
