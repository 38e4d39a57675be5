/** What is known of the host: options, then the evidence of the dump, then what a release string says. */
import type { Basis } from "../base/basis.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Accounting, Host, HostFact, KernelVersion } from "./host.ts";
import { type InferredAccounting, inferAccounting } from "./inference/accounting.ts";
import { contradiction } from "./inference/contradiction.ts";
import { racedRows } from "./inference/counted-rows.ts";
import { type Evidence, type Row, usableRows } from "./inference/evidence.ts";
import { headerRows } from "./inference/header-rows.ts";
import { ODD_ROW, type Outlier, outlierDiagnostics } from "./inference/outliers.ts";
import { inferCpus, type ResolvedCpus } from "./inference/possible-cpus.ts";
import { calibrate } from "./inference/struct-sizes.ts";
import { unknownStructs } from "./inference/unknown-structs.ts";
import {
  accountingOf,
  formatKernelVersion,
  parseKernelVersion,
  unmodelled,
} from "./kernel-version.ts";
import { DEFAULT_PAGE_SIZE, makeHost } from "./make-host.ts";
import type { HostClaim } from "./snapshot.ts";
import { nearestProfile, type StructSizes, structSizesOf } from "./struct-sizes.ts";

export type { Evidence } from "./inference/evidence.ts";

/** What the user says of the host; each outranks everything found in the input. */
export interface HostOptions {
  /** A release: `6.1`, `5.10.89`. */
  readonly kernel?: string;
  readonly accounting?: Accounting;
  readonly possibleCpus?: number;
  readonly pageSize?: number;
  /** Struct name to bytes, from a file or the kernel's BTF. */
  readonly structSizes?: Readonly<Record<string, number>>;
}

export interface ResolvedHost {
  /** Undefined when not even the accounting is known: then no figure can be modelled. */
  readonly host: Host | undefined;
  /** Why there is no host; empty when there is one. */
  readonly unknownBecause: string;
  readonly kernelRelease?: HostFact<string>;
  readonly accounting?: HostFact<Accounting>;
  /** Absent when the number is not settled; `possibleCpusRange` may still bound it. */
  readonly possibleCpus?: HostFact<number>;
  readonly possibleCpusRange?: HostFact<readonly [least: number, most: number]>;
  readonly pageSize: HostFact<number>;
  readonly structSizes: {
    /** The named kernel whose sizes fill what nothing else says. */
    readonly profile: string;
    readonly basis: Basis;
    /** Sizes that rows of the dump determine, each with the row. */
    readonly calibrated: Readonly<Record<string, HostFact<number>>>;
  };
  readonly diagnostics: readonly Diagnostic[];
}

/** What a kernel of an accounting is taken to be when nothing says the version. */
const TYPICAL_KERNEL: Readonly<Record<Accounting, KernelVersion>> = {
  "charged-pages": [5, 10],
  "rounded-entries": [6, 1],
  "per-type": [6, 12],
};

/**
 * @param rows maps with what the kernel reported for one of them; equal rows may be given once with a count.
 * @param claims statements about the host that the inputs make; several may contradict each other.
 */
export function resolveHost(
  rows: readonly Evidence[],
  claims: readonly HostClaim[],
  options: HostOptions = {},
): ResolvedHost {
  const diagnostics: Diagnostic[] = [];
  const usable = usableRows(rows);
  diagnostics.push(...unknownStructs(options.structSizes));
  const pageSize = resolvePageSize(claims, options);
  const release = resolveRelease(claims, options, diagnostics);
  const said = release && parseKernelVersion(release.value);
  const notKnown = said && unmodelled(said);
  // A release that is not modelled says nothing; the rows of a dump may.
  const version = notKnown === undefined ? said : undefined;
  if (release !== undefined && notKnown !== undefined) {
    diagnostics.push(unknownKernel(release.source, notKnown));
  }
  const { accounting, outliers: ofAnother } = resolveAccounting(
    usable,
    release,
    version,
    pageSize.value,
    options,
    diagnostics,
  );
  if (accounting === undefined) {
    return {
      host: undefined,
      unknownBecause:
        notKnown ??
        "how this kernel reports memlock is not known: give --kernel or --accounting, or a dump of more maps",
      pageSize,
      structSizes: {
        profile: nearestProfile([6, 12], "per-type").name,
        basis: "assumed",
        calibrated: {},
      },
      diagnostics,
      ...(release !== undefined && { kernelRelease: release }),
      ...claimedCpus(claims, options, diagnostics),
    };
  }

  const odd = new Set(ofAnother.flatMap((it) => it.rows));
  const evidence = usable.filter((it) => !odd.has(it));
  const headers = accounting.value === "per-type" ? headerRows(evidence, pageSize.value) : [];
  const cpus = inferCpus(
    evidence,
    headers,
    claims,
    options,
    accounting.value,
    pageSize.value,
    diagnostics,
  );
  const { sizes: calibrated, outliers } = calibrate(headers, {
    accounting: accounting.value,
    possibleCpus: cpus.possibleCpus?.basis === "assumed" ? undefined : cpus.possibleCpus?.value,
    release: release?.basis === "reported" ? release.value : undefined,
    given: new Set(Object.keys(options.structSizes ?? {})),
    nearest: (sizes) =>
      nearestProfile(kernelFor(accounting.value, version, sizes), accounting.value, sizes),
  });
  const calibratedSizes = Object.fromEntries(
    Object.entries(calibrated).map(([name, it]) => [name, it.value]),
  );
  const kernel = kernelFor(accounting.value, version, calibratedSizes);
  const structSizes = structSizesOf({
    kernel,
    accounting: accounting.value,
    given: options.structSizes ?? {},
    calibrated: calibratedSizes,
  });
  const host = makeHost({
    kernel,
    accounting: accounting.value,
    possibleCpus: cpus.possibleCpus?.value,
    possibleCpusRange: cpus.possibleCpusRange?.value,
    pageSize: pageSize.value,
    structSizes,
    certainty: {
      accounting: accounting.basis,
      kernel:
        version === undefined || kernel !== version ? "assumed" : (release?.basis ?? "assumed"),
      possibleCpus: cpus.possibleCpus?.basis ?? "inferred",
    },
  });
  const raced = racedRows(evidence, host);
  diagnostics.push(...outlierDiagnostics([...ofAnother, ...cpus.outliers, ...outliers, ...raced]));
  return {
    host,
    unknownBecause: "",
    accounting,
    pageSize,
    structSizes: summaryOf(structSizes, calibrated),
    diagnostics,
    ...(release !== undefined && { kernelRelease: release }),
    ...(cpus.possibleCpus !== undefined && { possibleCpus: cpus.possibleCpus }),
    ...(cpus.possibleCpusRange !== undefined && { possibleCpusRange: cpus.possibleCpusRange }),
  };
}

function unknownKernel(source: string, message: string): Diagnostic {
  return {
    level: "warning",
    code: "unknown-kernel",
    file: source,
    message,
    hint: "Give the nearest release that is, with --kernel; what it shows is then an assumption.",
  };
}

function resolvePageSize(claims: readonly HostClaim[], options: HostOptions): HostFact<number> {
  if (options.pageSize !== undefined) {
    return { value: options.pageSize, basis: "reported", source: "option --page-size" };
  }
  const claim = claims.find((it) => it.fact === "pageSize" && typeof it.value === "number");
  if (claim !== undefined)
    return { value: Number(claim.value), basis: claim.basis, source: claim.source };
  return { value: DEFAULT_PAGE_SIZE, basis: "assumed", source: "the page size of most machines" };
}

function resolveRelease(
  claims: readonly HostClaim[],
  options: HostOptions,
  diagnostics: Diagnostic[],
): HostFact<string> | undefined {
  if (options.kernel !== undefined) {
    return { value: options.kernel, basis: "reported", source: "option --kernel" };
  }
  const said = claims.filter((it) => it.fact === "kernelRelease");
  const readable = said.filter((it) => parseKernelVersion(String(it.value)) !== undefined);
  const [first] = readable;
  if (first === undefined) return undefined;
  const other = readable.find((it) => String(it.value) !== String(first.value));
  if (other !== undefined) {
    const message = `kernel ${first.value} (${first.source}) and kernel ${other.value} (${other.source}) are both said of one host; the first is used`;
    diagnostics.push(
      contradiction(other.source, message, "Put the files of each host in a snapshot of its own."),
    );
  }
  return { value: String(first.value), basis: first.basis, source: first.source };
}

/** `--accounting`, then the dump, then the release: vendors backport, so the rows outrank the string. */
function resolveAccounting(
  rows: readonly Row[],
  release: HostFact<string> | undefined,
  version: KernelVersion | undefined,
  pageSize: number,
  options: HostOptions,
  diagnostics: Diagnostic[],
): {
  readonly accounting: HostFact<Accounting> | undefined;
  readonly outliers: readonly Outlier[];
} {
  const inferred = inferAccounting(rows, pageSize);
  const accounting = accountingBy(inferred, release, version, options, diagnostics);
  const isElected = accounting !== undefined && options.accounting === undefined;
  const others = inferred.fitting.join(" or ");
  const reason = `it is not what a kernel with accounting ${others} reports, as all other rows are; left out`;
  const outliers = inferred.outliers.map((row) => ({ rows: [row], reason, hint: ODD_ROW }));
  return { accounting, outliers: isElected ? outliers : [] };
}

function accountingBy(
  inferred: InferredAccounting,
  release: HostFact<string> | undefined,
  version: KernelVersion | undefined,
  options: HostOptions,
  diagnostics: Diagnostic[],
): HostFact<Accounting> | undefined {
  const upstream = version && accountingOf(version);
  const [only] = inferred.fitting;
  const proven = inferred.fitting.length === 1 && inferred.proof !== undefined ? only : undefined;

  if (options.accounting !== undefined) {
    if (inferred.proof !== undefined && !inferred.fitting.includes(options.accounting)) {
      const message = `accounting ${options.accounting} was given, but ${inferred.proof.source} does not fit it`;
      diagnostics.push(
        contradiction(
          inferred.proof.file,
          message,
          "Leave --accounting out to use what the rows say.",
        ),
      );
    }
    return { value: options.accounting, basis: "reported", source: "option --accounting" };
  }
  if (inferred.conflict !== undefined) {
    diagnostics.push(
      contradiction(
        inferred.conflict.file,
        inferred.conflict.message,
        "Do the rows come from one host?",
      ),
    );
  }
  if (proven !== undefined && inferred.proof !== undefined) {
    if (upstream !== undefined && upstream !== proven) {
      const message = `kernel ${release?.value} reports ${upstream} upstream, but ${inferred.proof.source} fits only ${proven}; the rows are believed`;
      diagnostics.push(
        contradiction(
          inferred.proof.file,
          message,
          "Vendors backport; --accounting decides otherwise.",
        ),
      );
    }
    return { value: proven, basis: "inferred", source: inferred.proof.source };
  }
  if (upstream === undefined || release === undefined) return undefined;
  if (
    inferred.fitting.length > 0 &&
    !inferred.fitting.includes(upstream) &&
    inferred.proof !== undefined
  ) {
    const message = `kernel ${release.value} reports ${upstream} upstream, but ${inferred.proof.source} does not fit it`;
    diagnostics.push(contradiction(inferred.proof.file, message, "Give --accounting."));
    return undefined;
  }
  return {
    value: upstream,
    basis: release.basis,
    source: `kernel ${release.value} (${release.source})`,
  };
}

/** The version whose allocations are modelled: as said, unless its accounting was backported or is another. */
function kernelFor(
  accounting: Accounting,
  version: KernelVersion | undefined,
  sizes: Readonly<Record<string, number>>,
): KernelVersion {
  if (version !== undefined && accountingOf(version) === accounting) return version;
  return nearestProfile(TYPICAL_KERNEL[accounting], accounting, sizes).kernel;
}

/** Without an accounting no row says anything of the CPUs: only what is claimed of them is left. */
function claimedCpus(
  claims: readonly HostClaim[],
  options: HostOptions,
  diagnostics: Diagnostic[],
): Partial<Omit<ResolvedCpus, "outliers">> {
  const { outliers: _none, ...cpus } = inferCpus(
    [],
    [],
    claims,
    options,
    undefined,
    DEFAULT_PAGE_SIZE,
    diagnostics,
  );
  return cpus;
}

function summaryOf(
  sizes: StructSizes,
  calibrated: Readonly<Record<string, HostFact<number>>>,
): ResolvedHost["structSizes"] {
  const isGiven = Object.keys(sizes.given).length > 0;
  return {
    profile: `Linux ${sizes.profile.name} (${formatKernelVersion(sizes.profile.kernel)})`,
    basis: isGiven ? "reported" : sizes.profileBasis,
    calibrated,
  };
}
