/** Names of members as they may be shown and grouped: whatever an archive calls them, they stay inside it. */

/** C0, DEL and C1 controls, and the marks that turn the direction of text around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export interface MemberName {
  readonly path: string;
  /** What was wrong with it as it stands in the archive. */
  readonly problem?: string;
  /** It is longer than the limit, and was cut. */
  readonly tooLong: boolean;
}

/** `/../a/./b` -> `a/b`; never empty. */
export function memberName(raw: string, maxLength: number): MemberName {
  const tooLong = raw.length > maxLength;
  const text = raw.slice(0, maxLength).replace(CONTROLS, "\ufffd");
  const parts = text.split(/[/\\]/);
  const kept = parts.filter((part) => part !== "" && part !== "." && part !== "..");
  const path = kept.join("/") || "unnamed";
  const problem = parts.includes("..")
    ? "leads out of the archive"
    : /^[/\\]|^[A-Za-z]:[/\\]/.test(text)
      ? "is absolute"
      : CONTROLS.test(raw.slice(0, maxLength))
        ? "has control characters"
        : kept.length === 0
          ? "is empty"
          : undefined;
  CONTROLS.lastIndex = 0;
  return { path, tooLong, ...(problem !== undefined && { problem }) };
}
