/** A struct as a strip of its bytes: members in turns of colour, holes in the colour of alarm; the table has the words. */
import type { InspectedMap } from "../../analyze/inspection.ts";
import { formatCount } from "../../base/units.ts";
import { safeText } from "../../report/parts/safe-text.ts";

type Layout = NonNullable<InspectedMap["keyLayout"]>;

const SVG = "http://www.w3.org/2000/svg";
/** Bytes in a row: a cache line. */
const ROW = 64;
const BYTE = 10;
const HEIGHT = 18;
/** Rows drawn; a struct that is larger says so. */
const MOST_ROWS = 32;

/** Undefined for what has no members. */
export function layoutStrip(layout: Layout): SVGSVGElement | undefined {
  const leaves = leavesOf(layout);
  if (leaves.length === 0) return undefined;
  const rows = Math.min(MOST_ROWS, Math.ceil(layout.size / ROW));
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "layout-strip");
  const [width, height] = [Math.min(layout.size, ROW) * BYTE, rows * (HEIGHT + 3)];
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  svg.setAttribute("role", "img");
  const lost = layout.lostBits / 8;
  svg.setAttribute(
    "aria-label",
    `${safeText(layout.typeName).slice(0, 100)}: ${formatCount(layout.size)} bytes, ${lost} of them lost in holes`,
  );
  leaves.forEach((it, at) => {
    const parts = piecesOf(it.bitOffset / 8, it.bitSize / 8);
    for (const { x, y, width } of parts.filter((part) => part.y < rows)) {
      const rect = document.createElementNS(SVG, "rect");
      rect.setAttribute("class", it.isHole ? "hole" : `member-${at % 2}`);
      rect.setAttribute("x", String(x * BYTE));
      rect.setAttribute("y", String(y * (HEIGHT + 3)));
      rect.setAttribute("width", String(Math.max(1, width * BYTE - 1)));
      rect.setAttribute("height", String(HEIGHT));
      const title = document.createElementNS(SVG, "title");
      title.textContent = safeText(`${it.label}: ${it.bitSize / 8} B at ${it.bitOffset / 8}`);
      rect.append(title);
      svg.append(rect);
    }
  });
  return svg;
}

interface Leaf {
  readonly label: string;
  readonly bitOffset: number;
  readonly bitSize: number;
  readonly isHole: boolean;
}

/** Members without members of their own, and holes, by their place. Of a union, whose members overlap, each is drawn. */
function leavesOf({ members, holes }: Layout): Leaf[] {
  const leaves = members.filter((it, at) => (members[at + 1]?.depth ?? 0) <= it.depth);
  return [
    ...holes.map((it) => ({ ...it, label: it.isTrailing ? "padding" : "hole", isHole: true })),
    ...leaves.map((it) => ({
      ...it,
      label: `${it.name === "" ? "(anonymous)" : it.name} ${it.typeName}`,
      isHole: false,
    })),
  ].sort((a, b) => a.bitOffset - b.bitOffset);
}

/** A member that goes over the end of a row goes on in the next. */
function piecesOf(offset: number, size: number): { x: number; y: number; width: number }[] {
  const pieces: { x: number; y: number; width: number }[] = [];
  const end = Math.min(offset + size, MOST_ROWS * ROW);
  for (let at = offset; at < end; ) {
    const y = Math.floor(at / ROW);
    const next = Math.min(end, (y + 1) * ROW);
    pieces.push({ x: at - y * ROW, y, width: next - at });
    at = next;
  }
  return pieces;
}
