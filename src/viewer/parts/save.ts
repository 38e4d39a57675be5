/** Files that the page hands to the browser to save: reports as text, charts as SVG or PNG. */

export function saveReport(report: string | Uint8Array, name: string, type = "text/plain"): void {
  const isText = typeof report === "string";
  const part = isText ? report : Uint8Array.from(report);
  saveBlob(new Blob([part], { type: isText ? `${type};charset=utf-8` : type }), name);
}

/** A picture stands alone: in a file there is no page whose colours it could take. */
const INK = "#1b1f24";
const PAPER = "#ffffff";
/** Pixels of a PNG for each of the page's. */
const SCALE = 2;

export async function savePicture(svg: string, name: string, as: "svg" | "png"): Promise<void> {
  const alone = standing(svg);
  if (as === "svg") {
    saveBlob(new Blob([alone], { type: "image/svg+xml" }), `${name}.svg`);
    return;
  }
  saveBlob(await pngOf(alone), `${name}.png`);
}

function standing(svg: string): string {
  return svg
    .replaceAll("currentColor", INK)
    .replace(/^(<svg [^>]*>)/, `$1<rect width="100%" height="100%" fill="${PAPER}"/>`);
}

async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) =>
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no PNG could be made")))),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser takes a moment to begin.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
