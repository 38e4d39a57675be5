/** Order of texts by code unit, so that no locale has a say in any output. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
