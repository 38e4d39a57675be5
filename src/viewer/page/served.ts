/** What the server that gave the page says in it: nothing on static hosting, and where the report is by `mapscope view`. */

/** Undefined on static hosting; `none` when `mapscope view` was given no inputs; else an address beside the page. */
export function reportAddress(): string | undefined {
  return contentOf("mapscope-report");
}

/** Where it is what `inspect` says of the compiled objects among the inputs; undefined where there are none. */
export function objectsAddress(): string | undefined {
  return contentOf("mapscope-objects");
}

function contentOf(name: string): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`);
  return meta === null || meta.content === "" ? undefined : meta.content;
}

export const NO_REPORT = "none";

/** A file of the server that lives as long as the command. */
export async function served(address: string): Promise<Blob> {
  const response = await fetch(new URL(address, document.baseURI));
  if (!response.ok) throw new Error(`the report is not there any more (${response.status})`);
  return response.blob();
}
