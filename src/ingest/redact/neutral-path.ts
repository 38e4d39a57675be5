/** Names for the files of the copy: what tells a file's role stays, what tells a host does not. */
import { baseName, isArchiveName, mapNamedBy, timeWord, withoutArchiveName } from "../file-name.ts";
import type { ByteSource, ImporterId } from "../importer.ts";
import type { Redaction } from "./redaction.ts";

/** What files of captures are called by the commands that write them; a name of nothing else stays. */
const ROLES = new Set(
  `after batch before bpffs bpftool btf by capture cgroup cgtop cilium cmd content cpus crictl csv daemon data describe dual
   dump engine free host id info inspect issue json kernel kmesh kubectl link links list log logs look looks map maps
   mapscope mapspecs md memory meminfo metrics mim mng name native node nodes online persist pinned pod pods possible prog
   program programs progs prometheus ps report show sizes stat stats stdin struct summary tetragon text top txt uname
   version vmlinux`.split(/\s+/),
);
const EXTENSION = /\.(?:json|txt|log|md|yaml|yml|prom|metrics|out|csv|c|h)$/i;
/** A number of a step in a series; a longer one may be a time or an address. */
const NUMBER = /^(?:\d{1,4}|\d{8}T\d{6}Z)$/;

/** `cap.tar.gz!node-7/map-dump-orders.json` -> `nXXXXXXXXXX/map-dump-nYYYYYYYYYY.json`. */
export function neutralPath(
  relative: string,
  source: ByteSource,
  format: ImporterId,
  redaction: Redaction,
): string {
  const parts = relative.split(/[/\\!]/).filter((it) => it !== "" && it !== "." && it !== "..");
  const folders = parts.slice(0, -1).filter((it, index) => {
    // A single file that is packed is no folder.
    const isPacked = /\.gz$/i.test(it) && !isArchiveName(it) && index === parts.length - 2;
    return !isPacked;
  });
  const file =
    format === "bpftool-map-dump"
      ? dumpName(parts.at(-1) ?? "", source, redaction)
      : fileName(parts.at(-1) ?? "", redaction);
  return [...folders.map((it) => neutral(withoutArchiveName(it), redaction)), file].join("/");
}

function fileName(name: string, redaction: Redaction): string {
  const bare = name.replace(/\.gz$/i, "");
  const extension = EXTENSION.exec(bare)?.[0] ?? "";
  const stem = extension === "" ? bare : bare.slice(0, -extension.length);
  return (neutral(stem, redaction) || "file") + extension.toLowerCase();
}

/** Which map a lone dump is of, is read from its name. */
function dumpName(name: string, source: ByteSource, redaction: Redaction): string {
  const extension = EXTENSION.exec(name)?.[0] ?? ".json";
  const { suggestedId, name: map } = mapNamedBy({ ...source, file: baseName(source.file) });
  if (suggestedId !== undefined) return `map-dump-id-${suggestedId}${extension}`;
  if (map?.basis === "assumed") return `map-dump-${redaction.words.text(map.value)}${extension}`;
  return fileName(name, redaction);
}

function neutral(name: string, redaction: Redaction): string {
  const words = name.split(/[-_. ]+/).filter((it) => it !== "");
  const isRole = words.every((it) => ROLES.has(it.toLowerCase()) || NUMBER.test(it));
  const hasRole = words.some((it) => ROLES.has(it.toLowerCase())) || words.length === 1;
  if (isRole && hasRole && /^[\w. -]+$/.test(name)) return name;
  const time = timeWord(name);
  // A name with an underscore would be taken for that of a map.
  const standIn = redaction.standIns.name(name).replaceAll("_", "-");
  return time === undefined ? standIn : `${time}-${standIn}`;
}
