/** Takes out what a terminal understands and a reader does not: colours, cursor moves. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences begin with the escape character.
const SEQUENCE = /\u001b\[[0-9;?]{0,20}[A-Za-z]/g;

export function withoutAnsi(line: string): string {
  return line.includes("\u001b") ? line.replace(SEQUENCE, "") : line;
}
