/** The line of holders in bpftool's plain output: `pids systemd(1), agent(220)`. */

export function parsePids(line: string): { pid: number; comm: string }[] {
  const list = /^\s*pids (.+)$/.exec(line)?.[1];
  if (list === undefined) return [];
  return [...list.matchAll(/(.+?)\((\d+)\)(?:,\s*|\s*$)/g)].map(([, comm, pid]) => ({
    pid: Number(pid),
    comm: comm ?? "",
  }));
}
