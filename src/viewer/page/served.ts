/** What the server that gave the page says in it: nothing on static hosting, and where the report is by `mapscope view`. */

/** Undefined on static hosting; `none` when `mapscope view` was given no inputs; else an address beside the page. */
export function reportAddress(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="mapscope-report"]');
  return meta === null || meta.content === "" ? undefined : meta.content;
}

export const NO_REPORT = "none";
