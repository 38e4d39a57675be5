/** The scripts' writers of archives, with types. */
// @ts-expect-error: a script has no types
import * as writers from "../../scripts/archive-writers.mjs";

interface TarOptions {
  readonly type?: string;
  readonly link?: string;
  readonly gnu?: boolean;
  readonly pax?: Readonly<Record<string, string>>;
}
interface ZipOptions {
  readonly stored?: boolean;
  readonly streamed?: boolean;
  readonly zip64?: boolean;
}
type Content = string | Uint8Array;
export type Entry = readonly [name: string, content: Content];

export const TAR_END: Buffer = writers.TAR_END;
export const tarHeader: (name: string, size: number, options?: TarOptions) => Buffer =
  writers.tarHeader;
export const seal: (block: Buffer) => Buffer = writers.seal;
export const tarMember: (name: string, content: Content, options?: TarOptions) => Buffer =
  writers.tarMember;
export const tar: (entries: readonly Entry[]) => Buffer = writers.tar;
export const gzip: (content: Content) => Buffer = writers.gzip;
export const zip: (entries: readonly Entry[], options?: ZipOptions) => Buffer = writers.zip;
