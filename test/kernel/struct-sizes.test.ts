/** The running kernel's own BTF: struct sizes as our parser reads them, and as bpftool prints them. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { KERNEL_STRUCTS } from "../../src/model/struct-profiles/index.ts";
import { component } from "../support/component.ts";
import { read } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";
import { describeLive, kernelRelease } from "./live-kernel.ts";
import { Vmlinux } from "./vmlinux.ts";

const VMLINUX = "/sys/kernel/btf/vmlinux";

describeLive("types of this kernel", () => {
  let printed: Record<string, number>;

  beforeAll(() => {
    printed = new Vmlinux().structSizes();
  }, 60_000);

  async function sizes(): Promise<Readonly<Record<string, number>>> {
    const bytes = new Uint8Array(readFileSync(VMLINUX));
    const { snapshots, diagnostics } = await ingest([fromBytes(VMLINUX, bytes)], {
      component: await component(),
    });
    expect(diagnostics).toEqual([]);
    return snapshots[0]?.structSizes?.sizes ?? {};
  }

  test("the structs that the model asks for have bpftool's sizes", async () => {
    const expected = Object.entries(printed).filter(([name]) => KERNEL_STRUCTS.includes(name));
    expect(await sizes()).toEqual(Object.fromEntries(expected));
    expect(expected.length).toBeGreaterThan(25);
  });

  test.each([
    ["JSON", ["-j"]],
    ["plain text", []],
  ])("bpftool btf dump as %s tells the same as the kernel's own BTF", async (_, flags) => {
    const bytes = execFileSync("bpftool", [...flags, "btf", "dump", "file", VMLINUX], {
      maxBuffer: 256 * 1024 * 1024,
    });
    const { snapshots, diagnostics } = await ingest([fromBytes("types", new Uint8Array(bytes))], {
      component: await component(),
    });
    expect(diagnostics).toEqual([]);
    expect(snapshots[0]?.structSizes?.sizes).toEqual(await sizes());
  });

  test("every struct with a name has bpftool's size", async () => {
    const { structSizes } = await component();
    const names = Object.keys(printed).filter((name) => name !== "(anon)");
    const found = structSizes(new Uint8Array(readFileSync(VMLINUX)), names);
    const different = names.filter((name, at) => found[at] !== printed[name]);
    expect(different).toEqual([]);
    expect(names.length).toBeGreaterThan(1000);
  });

  test("they are those in fixtures/ground-truth/6.18.json, on the kernel that was measured", async ({
    skip,
  }) => {
    // Sizes depend on the build, so only the very same must have them.
    const measured = read("fixtures/capture-6.18/uname.txt").split(" ")[1];
    skip(kernelRelease() !== measured, `this is not ${measured}`);
    const { structSizes } = JSON.parse(read("fixtures/ground-truth/6.18.json"));
    const expected = Object.entries(structSizes).filter(([name]) => KERNEL_STRUCTS.includes(name));
    expect(await sizes()).toEqual(Object.fromEntries(expected));
  });

  test("--kernel-btf makes the figures of `size` this very kernel's", async () => {
    const argv = ["size", "--type", "array", "--key-size", "4", "--value-size", "8"];
    const host = ["--kernel", kernelRelease(), "--possible-cpus", "2", "--kernel-btf", VMLINUX];
    const { stdout, status } = await runCli([
      ...argv,
      ...["--max-entries", "10"],
      ...host,
      ...["--format", "json"],
    ]);
    const [row] = JSON.parse(stdout).rows;
    expect(row.components[0]).toMatchObject({ bytes: (printed.bpf_array ?? 0) + 80 });
    expect(status).toBe(0);
  });
});
