/** The kernel's lists of CPUs: `0-3,8-11`. */

/** CPU 0 is always there, so a list that begins with another number is something else. */
const CPU_LIST = /^0(?:-\d{1,5})?(?:,\d{1,5}(?:-\d{1,5})?)*\s*$/;

export function isCpuList(text: string): boolean {
  return CPU_LIST.test(text);
}

/** `0-3,8-11` -> 8. */
export function countCpus(list: string): number {
  return list.split(",").reduce((sum, range) => {
    const [first, last = first] = range.split("-").map(Number);
    return sum + Math.max(0, (last ?? 0) - (first ?? 0) + 1);
  }, 0);
}
