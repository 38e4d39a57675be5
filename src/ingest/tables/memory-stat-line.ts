/** Lines of a cgroup's memory.stat, bare or with the file's path that grep puts in front. */

/** Keys that nothing else has, by version of the hierarchy: mem_cgroup_print/`memcg_stat_format()` in mm/memcontrol.c. */
const TELLING: Record<string, 1 | 2> = {
  anon_thp: 2,
  file_mapped: 2,
  file_dirty: 2,
  file_writeback: 2,
  kernel_stack: 2,
  slab_reclaimable: 2,
  slab_unreclaimable: 2,
  percpu: 2,
  vmalloc: 2,
  pagetables: 2,
  sec_pagetables: 2,
  rss_huge: 1,
  mapped_file: 1,
  hierarchical_memory_limit: 1,
  hierarchical_memsw_limit: 1,
  total_cache: 1,
  total_rss: 1,
  total_mapped_file: 1,
  total_unevictable: 1,
};

const LINE = /^\s*(?:(\/?\S{0,4000}?)memory\.stat:)?([a-z][a-z0-9_]{2,40}) (\d{1,20})\s*$/;
/** `memory.kmem.usage_in_bytes:343580672`, as `grep . memory.*` shows the other files. */
const FILE = /^\s*(\/?\S{0,4000}?)(memory\.(?!stat)[a-z_.]{2,60}):(\d{1,20})\s*$/;

export interface MemoryStatLine {
  readonly key: string;
  readonly value: number;
  /** Undefined for a key of both versions, or of neither. */
  readonly version?: 1 | 2;
  readonly cgroup?: string;
}

/** `memory.max:max`, and what version 1 prints for it: no limit, so no figure. */
export function isNoLimit(line: string): boolean {
  return /(?:limit\w*|[./](?:max|high))[ :](?:max|9223372036854\d{6})\s*$/.test(line.slice(-200));
}

/** Undefined when the line is none. A count past 2^53 is no figure of memory, and is left out. */
export function parseMemoryStatLine(line: string): MemoryStatLine | undefined {
  if (line.length > 4200) return undefined;
  const [, path, key, digits] = LINE.exec(line) ?? FILE.exec(line) ?? [];
  const value = Number(digits);
  if (key === undefined || !Number.isSafeInteger(value)) return undefined;
  const version = TELLING[key];
  const cgroup = path === undefined ? undefined : cgroupOf(path);
  return {
    key,
    value,
    ...(version !== undefined && { version }),
    ...(cgroup !== undefined && { cgroup }),
  };
}

/** `/sys/fs/cgroup/memory/kubepods/pod1/` -> `/kubepods/pod1`; nothing for a relative path. */
function cgroupOf(path: string): string | undefined {
  const [, rest] = /^\/sys\/fs\/cgroup(?:\/memory|\/unified)?(\/.*)?$/.exec(path) ?? [];
  return rest === undefined ? undefined : rest.replace(/\/$/, "") || "/";
}
