export interface TarOptions {
  readonly type?: string;
  readonly link?: string;
  readonly gnu?: boolean;
  readonly pax?: Readonly<Record<string, string>>;
}
export type Entry = readonly [name: string, content: string | Uint8Array];
export const TAR_END: Buffer;
export function tarHeader(name: string, size: number, options?: TarOptions): Buffer;
export function seal(block: Buffer): Buffer;
export function tarMember(name: string, content: string | Uint8Array, options?: TarOptions): Buffer;
export function tar(entries: readonly Entry[]): Buffer;
export function gzip(content: string | Uint8Array): Buffer;
export function zip(
  entries: readonly Entry[],
  options?: { readonly stored?: boolean; readonly streamed?: boolean; readonly zip64?: boolean },
): Buffer;
