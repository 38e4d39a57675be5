/** The little that a file's name may suggest: which map a lone dump is of, and when it was taken. */
import type { MapDump } from "../model/snapshot.ts";
import type { ByteSource } from "./importer.ts";

const DUMP_PREFIX = /^(?:bpftool[-_])?(?:map[-_])?dump[-_](?:(?:pinned|name|id)[-_])?(?=.)/;
const PINNED_PREFIX = /^bpftool-map-dump-pinned--(?:[^-]*-)*(?=[A-Za-z0-9_.]+$)/;
/** What the kernel allows in a map's name (`bpf_obj_name_cpy()`), and long enough to be one. */
const MAP_NAME = /^[A-Za-z0-9_.]{2,63}$/;
const NO_NAME = /^(?:\d+|maps?|dump|data|out|output|stdin|unknown|before|after|id_?\d+)$/i;

/**
 * `map-dump-kmesh_frontend.json` -> `kmesh_frontend`. Undefined for a block of a report, and where
 * the name is not clearly one: without the prefix it needs an underscore.
 */
function mapNameInFile(source: ByteSource): string | undefined {
  if (source.firstLine !== undefined) return undefined;
  const stem = baseName(source.file).replace(/\.(?:json|txt|log|out|md)$/i, "");
  // Cilium's bugtool turns the blanks and slashes of a command line into dashes.
  const name = stem.replace(PINNED_PREFIX, "").replace(DUMP_PREFIX, "");
  if (!MAP_NAME.test(name) || NO_NAME.test(name)) return undefined;
  return name !== stem || name.includes("_") ? name : undefined;
}

/** `dump-42.json`, `map-dump-id-42.json`, `42.json` -> 42: what the hints say a dump by id is called. */
function mapIdInFile(source: ByteSource): number | undefined {
  if (source.firstLine !== undefined) return undefined;
  const digits =
    /^(?:(?:bpftool[-_])?(?:map[-_])?dump[-_])?(?:id[-_]?)?(\d{1,10})\.(?:json|txt|log|out)$/i.exec(
      baseName(source.file),
    )?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** What a dump's surroundings, or its file's name, say of the map that it is of. */
export function mapNamedBy(
  source: ByteSource,
): Pick<MapDump, "mapId" | "suggestedId" | "name" | "pin"> {
  const { mapId, name, pin } = source.subject ?? {};
  const reported = name ?? (pin === undefined ? undefined : baseName(pin));
  if (mapId !== undefined) return { mapId };
  if (reported !== undefined && name !== undefined) {
    return { name: { value: reported, basis: "reported" } };
  }
  if (reported !== undefined && pin !== undefined) {
    return { pin, name: { value: reported, basis: "assumed" } };
  }
  const suggestedId = mapIdInFile(source);
  const suggested = mapNameInFile(source);
  return {
    ...(suggestedId !== undefined && { suggestedId }),
    ...(suggested !== undefined && { name: { value: suggested, basis: "assumed" } }),
  };
}

/** The last part of a path, also of an archive member's. */
export function baseName(file: string): string {
  return file.split(/[/\\!]/).at(-1) ?? file;
}

/** The folders that a file lies in, an archive being one; a single file that is packed lies where its packed form does. */
export function foldersIn(file: string): string[] {
  const packed = file.lastIndexOf("!");
  const outside = file.slice(0, Math.max(0, packed));
  const place = /\.gz$/i.test(outside) && !isArchiveName(outside) ? outside : file;
  return place.split(/[/\\!]/).slice(0, -1);
}

/** A name like that of an archive: what it is, its content tells. */
export function isArchiveName(file: string): boolean {
  return ARCHIVE_NAME.test(file);
}

/** `node-1.tar.gz` -> `node-1`. */
export function withoutArchiveName(name: string): string {
  return name.replace(ARCHIVE_NAME, "") || name;
}

const ARCHIVE_NAME = /\.(?:tar(?:\.gz)?|tgz|zip)$/i;

/** What is left of a path without its word or stamp of time: the same for all looks at a host; undefined when nothing is. */
export function withoutTime(place: string | undefined): string | undefined {
  if (place === undefined) return undefined;
  const unstamped = withoutStamp(place);
  if (unstamped === undefined || timeWord(unstamped) === undefined) return unstamped;
  const rest = unstamped.replace(/(?<![a-z])(?:before|after)(?![a-z])/gi, "");
  return rest.replace(/[^\p{L}\p{N}]+/gu, " ").trim() || undefined;
}

/** A place that is told apart by its time may say the same as another. */
export function isTimed(place: string): boolean {
  return timeWord(place) !== undefined || withoutStamp(place) !== place;
}

/** `node-1/20261124T043737Z` -> `node-1`: the capture script gives each look at its host a folder of that name. */
function withoutStamp(place: string): string | undefined {
  const folders = place.split("/");
  return STAMP.test(folders.at(-1) ?? "") ? folders.slice(0, -1).join("/") || undefined : place;
}

const STAMP = /^\d{8}T\d{6}Z$/;

/** `before` or `after` when the text has just one of the two as a word of its own. */
export function timeWord(text: string): "before" | "after" | undefined {
  const words = text.toLowerCase().split(/[^a-z]+/);
  const before = words.includes("before");
  if (before === words.includes("after")) return undefined;
  return before ? "before" : "after";
}
