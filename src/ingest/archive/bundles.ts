/** Archives that a known tool writes, told by what lies in them, wherever in them it lies. */

interface Bundle {
  readonly id: string;
  /** Of a member's path, without the archive's own name. */
  readonly mark: RegExp;
}

const BUNDLES: readonly Bundle[] = [
  // capture/mapscope-capture.sh: its manifest, in the folder that is named by the time.
  { id: "mapscope-capture", mark: /^mapscope-capture-[^/]+\/capture\.json$/ },
  // pkg/bugtool/bugtool.go of Tetragon: every archive has this file, in one folder named by the time.
  { id: "tetragon-bugtool", mark: /^(?:[^/]+\/)?tetragon-info\.json$/ },
  // cilium-cli sysdump: the bugtool's archive of each node, or the folder that it was unpacked to.
  { id: "cilium-sysdump", mark: /^(?:[^/]+\/)?cilium-bugtool-[^/]+\.tar(?:\.gz)?$/ },
  { id: "cilium-sysdump", mark: /^(?:[^/]+\/){0,2}(?:[^/]*-)?cilium-bugtool-[^/]+\/cmd\// },
];

/** The id that `sources[].format` has for it; undefined for any other archive. */
export function bundleOf(paths: Iterable<string>): string | undefined {
  for (const path of paths) {
    const bundle = BUNDLES.find(({ mark }) => mark.test(path));
    if (bundle) return bundle.id;
  }
  return undefined;
}

const IDS = new Set(BUNDLES.map(({ id }) => id));

export function isBundle(format: string): boolean {
  return IDS.has(format);
}

/** What is said of a file without anything known in it. */
const EXPECTED = new Set(["nothing-known", "empty", "wrong-format"]);

/** Whether a bundle's member is such a file by rights; of the tool that lists maps it matters. */
export function isExpectedIn(
  { file, format }: { file: string; format: string },
  code: string,
): boolean {
  if (/(?:^|[/!])(?:bpftool-(?:map|prog)|map-(?:show|dump)|prog-show)/.test(file)) return false;
  return (
    code === "nothing-known" || code === "no-facts" || (format === "unknown" && EXPECTED.has(code))
  );
}
