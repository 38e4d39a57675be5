export const shims: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
