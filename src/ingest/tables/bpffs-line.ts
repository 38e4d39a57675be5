/** A line of `find`, `find -ls`, `ls -l`, `ls -lR` or `tree` over a BPF file system. */

/** Cilium mounts one of its own where it has to. */
const MOUNT = "/(?:sys/fs|run/cilium|var/run/cilium|mnt)/bpf(?:fs)?";
const MODE = "[-bcdlps][-rwxsStT]{9}[.+@]?";
const PATH = new RegExp(`^${MOUNT}(?:/[^/\\s]+)*/?$`);
/** `ls -lR` names each folder so. */
const FOLDER_HEAD = new RegExp(`^\\s*(${MOUNT}(?:/[^/\\s]+)*)/?:\\s*$`);
/** `Dec  1 02:35`, `Dec  1  2025`, `2026-12-01 02:35`, with seconds and zone too; months have other names elsewhere. */
const TIME =
  "(?:\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?: [+-]\\d{4})?|\\S{1,12}\\s{1,3}(?:\\S{1,12}\\s{1,3})?(?:\\d{1,2}:\\d\\d|\\d{4}))";
/** Links, owner, group, size and time; in front `find -ls` has the inode and the blocks. */
const LONG = new RegExp(
  `^\\s*(\\d+\\s+\\d+\\s+)?(${MODE})\\s+\\d+\\s+(?:\\S{1,64}\\s+){1,2}\\d{1,20}\\s+${TIME}\\s+(\\S+)$`,
);
const BEGINS_LONG = /^\s*(?:\d+\s+\d+\s+)?[-bcdlps][-rwxsStT]{2,9}/;
const COMMAND = new RegExp(
  `(?:^|[#$]\\s)\\s*(?:sudo\\s+)?ls(?:\\s+-\\S+)+\\s+(${MOUNT}(?:/[^/\\s]+)*)/?(?:\\s+-\\S+)*\\s*$`,
);
/** A bar and three blanks for each level above, then the branch; `tree --charset=ascii` has no lines to draw with. */
const BRANCH = /^\s{0,3}((?:[│|\s]\s{3})*)(?:[├└]──|[|`]--)\s?(.*)$/;
const TREE_SUM = /^\s*(\d{1,9}) director(?:y|ies)(?:, (\d{1,9}) files?)?\s*$/;
const TOTAL = /^\s*total \d+\s*$/;
const FAILED = /^\s*(?:find|ls|tree): (\S.{0,200})$/;

const MAX_LINE = 1000;

export type BpffsLine =
  | { readonly kind: "path"; readonly path: string; readonly isFolder: boolean }
  | { readonly kind: "entry"; readonly name: string; readonly isFolder: boolean }
  | { readonly kind: "branch"; readonly name: string; readonly depth: number }
  /** What entries below it are in. */
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "sum"; readonly entries: number }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "nothing" };

/** Undefined when the line is none of them, whole. */
export function parseBpffsLine(line: string): BpffsLine | undefined {
  if (line.length > MAX_LINE) return undefined;
  const folder = (COMMAND.exec(line) ?? FOLDER_HEAD.exec(line))?.[1];
  if (folder !== undefined) return { kind: "folder", path: folder };
  if (TOTAL.test(line)) return { kind: "nothing" };
  const [, above, name] = BRANCH.exec(line) ?? [];
  if (above !== undefined) {
    const own = name?.replace(/\s+->.*/, "").trim();
    return own ? { kind: "branch", name: own, depth: above.length / 4 } : undefined;
  }
  const sum = TREE_SUM.exec(line);
  if (sum) return { kind: "sum", entries: Number(sum[1]) + Number(sum[2] ?? 0) };
  const failed = FAILED.exec(line)?.[1];
  if (failed !== undefined) return { kind: "failed", reason: failed };
  return parseLong(line) ?? asPath(line.trim(), false);
}

/** It begins as a line of such a list does. */
export function resemblesBpffsLine(line: string): boolean {
  return (
    BEGINS_LONG.test(line) || /^\s*\/(?:s(?:y(?:s\b|$)|$)|run\/cil)/.test(line) || isBranch(line)
  );
}

function isBranch(line: string): boolean {
  return /^\s*[│├└]/.test(line);
}

function parseLong(line: string): BpffsLine | undefined {
  // Links lead to folders of the same list.
  const [, inode, mode = "", name = ""] = LONG.exec(line.replace(/\s+->\s.*/, "").trimEnd()) ?? [];
  if (mode === "") return undefined;
  if (mode.startsWith("l")) return { kind: "nothing" };
  const isFolder = mode.startsWith("d");
  if (name.startsWith("/")) return asPath(name, isFolder);
  return inode === undefined ? { kind: "entry", name, isFolder } : undefined;
}

function asPath(text: string, isFolder: boolean): BpffsLine | undefined {
  return PATH.test(text) ? { kind: "path", path: text.replace(/\/$/, ""), isFolder } : undefined;
}
