/** The few colours of the terminal report. Nothing is said by colour alone. */

export type Style = "strong" | "dim" | "error" | "warning" | "info";

/** SGR codes: what begins the style, what ends it. */
const CODES: Record<Style, readonly [number, number]> = {
  strong: [1, 22],
  dim: [2, 22],
  error: [31, 39],
  warning: [33, 39],
  info: [36, 39],
};

export type Paint = (style: Style, text: string) => string;

export function painter(color: boolean): Paint {
  if (!color) return (_, text) => text;
  return (style, text) => {
    const [begin, end] = CODES[style];
    return `\u001b[${begin}m${text}\u001b[${end}m`;
  };
}
