/** What one open descriptor of a map takes beside the map: a line of its own, as many descriptors can share a map. */
import { kmalloc } from "./allocators.ts";
import type { Component } from "./component.ts";
import type { Host } from "./host.ts";
import { isAtLeast } from "./kernel-version.ts";
import { fixed } from "./term.ts";

const SOURCE = "anon_inode_getfd(), fs/anon_inodes.c, 5.10 to 6.18";
/** struct dentry. */
const DENTRY_BYTES = 192;

/**
 * The file and the directory entry behind one descriptor; the inode is shared by all of them. Measured: about 480 bytes
 * charged on 6.1, 400 on 6.12 and 6.18. A map that only an outer map or a pin holds has none.
 */
export function descriptorComponents(host: Host): Component[] {
  // struct file is 232 bytes in a cache of whole cache lines up to 6.11, and 184 from 6.12 on.
  const file = isAtLeast(host.kernel, 6, 12) ? 192 : 256;
  return [
    kmalloc(host, { name: "file", size: fixed(file, "struct file"), source: SOURCE }),
    kmalloc(host, {
      name: "directory entry",
      size: fixed(DENTRY_BYTES, "struct dentry"),
      source: SOURCE,
    }),
  ];
}
