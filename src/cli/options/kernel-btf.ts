/** `--kernel-btf`: the sizes of the very kernel's structs, from its own type information. */

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { InputError } from "../../base/input-error.ts";
import { KERNEL_STRUCTS } from "../../model/struct-profiles/index.ts";
import { theComponent } from "../component.ts";
import { readFailure } from "../file-errors.ts";
import { UsageError } from "../usage-error.ts";

const HINT =
  "It must be a kernel's BTF: on the host, `cp /sys/kernel/btf/vmlinux vmlinux.btf` (Linux 5.4 or later).";

/** Struct name to bytes, of the structs that the model asks for. */
export async function readKernelBtf(file: string, cwd: string): Promise<Record<string, number>> {
  const bytes = await readFile(resolve(cwd, file)).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--kernel-btf ${file}: ${readFailure(error)}`);
  });
  const component = await theComponent();
  let found: Float64Array;
  try {
    found = component.structSizes(bytes, KERNEL_STRUCTS);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { offset, path } = error.place;
    const place = [offset === undefined ? undefined : `byte ${offset}`, path].filter(Boolean);
    throw new UsageError(`--kernel-btf ${file}, ${place.join(", ")}: ${error.message}`, HINT);
  }
  const sizes: Record<string, number> = {};
  for (const [at, name] of KERNEL_STRUCTS.entries()) {
    const size = found[at] ?? Number.NaN;
    if (!Number.isNaN(size)) sizes[name] = size;
  }
  if (sizes.bpf_map === undefined) {
    throw new UsageError(`--kernel-btf ${file}: it has no struct bpf_map`, HINT);
  }
  return sizes;
}
