/** What the user says of the host: the same options for every command that models one. */
import { z } from "zod";
import { ACCOUNTINGS } from "../../model/host.ts";
import type { HostOptions } from "../../model/infer-host.ts";
import { checked, oneOf, wholeNumber } from "./checks.ts";
import { readJsonOption } from "./json-file.ts";

/** Up to the most that Linux can be built for. */
const MAX_CPUS = 8192;
const cpuRule = `must be a whole number from 1 to ${MAX_CPUS}`;
const pageRule = "must be a power of two from 4096 to 262144";

export const kernelSchema = z
  .string()
  .regex(
    /^v?\d{1,3}\.\d{1,3}([.\s+~_-].*)?$/,
    "must begin with a version, as `uname -r` prints it: 6.1.19-generic",
  )
  .transform((release) => release.replace(/^v/, ""));

export const cpusSchema = wholeNumber(cpuRule).pipe(
  z.int(cpuRule).min(1, cpuRule).max(MAX_CPUS, cpuRule),
);

const pageSizeSchema = wholeNumber(pageRule).pipe(
  z
    .int(pageRule)
    .refine(
      (size) => size >= 4096 && size <= 262_144 && Number.isInteger(Math.log2(size)),
      pageRule,
    ),
);

/** No struct that a map begins with comes near it: the largest, with its rings' first pages, has 12,288 bytes. */
const MAX_STRUCT_BYTES = 65_536;

const structSizesSchema = z.record(
  z.string().regex(/^\w+$/, "the name of a struct must be one word"),
  z
    .int("must be a whole number of bytes")
    .positive("must be more than 0 bytes")
    .max(MAX_STRUCT_BYTES, `must be at most ${MAX_STRUCT_BYTES} bytes`),
);

/** As commander hands them over. */
export interface RawHostOptions {
  readonly kernel?: string;
  readonly accounting?: string;
  readonly possibleCpus?: string;
  readonly pageSize?: string;
  readonly structSizes?: string;
  readonly kernelBtf?: string;
}

export async function parseHostOptions(raw: RawHostOptions, cwd: string): Promise<HostOptions> {
  const { kernel, accounting, possibleCpus, pageSize } = raw;
  const structSizes = await sizesOf(raw, cwd);
  return {
    ...(kernel !== undefined && { kernel: checked("kernel", kernelSchema, kernel) }),
    ...(accounting !== undefined && {
      accounting: checked("accounting", oneOf(ACCOUNTINGS), accounting),
    }),
    ...(possibleCpus !== undefined && {
      possibleCpus: checked("possibleCpus", cpusSchema, possibleCpus),
    }),
    ...(pageSize !== undefined && { pageSize: checked("pageSize", pageSizeSchema, pageSize) }),
    ...(structSizes !== undefined && { structSizes }),
  };
}

/** The kernel's own BTF outranks a list that someone wrote. */
async function sizesOf(
  { kernelBtf, structSizes }: RawHostOptions,
  cwd: string,
): Promise<Record<string, number> | undefined> {
  const listed = structSizes === undefined ? undefined : await readStructSizes(structSizes, cwd);
  if (kernelBtf === undefined) return listed;
  const { readKernelBtf } = await import("./kernel-btf.ts");
  return { ...listed, ...(await readKernelBtf(kernelBtf, cwd)) };
}

async function readStructSizes(file: string, cwd: string): Promise<Record<string, number>> {
  return readJsonOption(
    "--struct-sizes",
    file,
    cwd,
    structSizesSchema,
    'It must be a JSON object, struct name to bytes: {"bpf_array": 320, "bpf_htab": 704}',
  );
}
