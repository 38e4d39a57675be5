/** What `audit` says of Kmesh's main branch over v0.5.0, from the objects of one mode. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Audit, auditSchema } from "../../../src/analyze/audit/schema.ts";
import { ROOT } from "../../support/project-files.ts";
import { runCli } from "../../support/run-cli.ts";

export interface Releases {
  /** Objects by what their file is called in both releases. */
  readonly before: Readonly<Record<string, string>>;
  readonly after: readonly string[];
  readonly possibleCpus: readonly number[];
  /** Globs of maps that are pinned by the daemon: one of each, whichever objects declare it. */
  readonly shared: readonly string[];
}

export async function auditReleases({
  before,
  after,
  possibleCpus,
  shared,
}: Releases): Promise<Audit> {
  const folder = mkdtempSync(join(tmpdir(), "mapscope-audit-"));
  try {
    const config = join(folder, "config.json");
    const kernels = ["5.10", "6.1", "6.6", "6.18"];
    writeFileSync(
      config,
      JSON.stringify({ kernels, possibleCpus, fill: ["empty", "full"], shared }),
    );
    const baseline = join(folder, "v0.5.0");
    mkdirSync(baseline);
    for (const [name, file] of Object.entries(before)) {
      copyFileSync(`${ROOT}fixtures/bpf-object/${file}`, join(baseline, name));
    }
    const { stdout } = await runCli([
      "audit",
      ...after.map((it) => `fixtures/bpf-object/${it}`),
      ...["--baseline", baseline, "--config", config, "--format", "json", "--fail-on", "never"],
    ]);
    return auditSchema.parse(JSON.parse(stdout));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** By what each map was called, what it is called now. */
export function whatBecame({ changes }: Audit): Record<string, string> {
  return Object.fromEntries(
    changes
      .filter((it) => !it.name.startsWith("."))
      .map((it) => [it.from?.name ?? `(new) ${it.name}`, it.to?.name ?? "(gone)"]),
  );
}

/** What all of it reports when it is created. */
export function memlockAt({ totals }: Audit, kernel: string, cpus: number) {
  return totals.find(
    ({ point: it }) => it.kernel === kernel && it.possibleCpus === cpus && it.fill === "empty",
  )?.figures.memlockBytes;
}
