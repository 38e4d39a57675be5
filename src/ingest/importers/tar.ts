/** A tar archive: each member is an input of its own. */

import { bundleOf } from "../archive/bundles.ts";
import { ByteReader } from "../archive/byte-reader.ts";
import { Members } from "../archive/members.ts";
import { readTar } from "../archive/tar.ts";
import { BLOCK, parseTarHeader } from "../archive/tar-header.ts";
import { defineImporter } from "../importer.ts";

export const tar = defineImporter({
  id: "tar",
  title: "tar archive",
  docs: "docs/formats/tar.md",
  priority: 0, // Told by a checksum; its members may be anything, so nobody else may look into it.
  unpacks: true,
  // A first header that is damaged keeps its magic, most likely.
  sniff: ({ bytes }) => parseTarHeader(bytes.subarray(0, BLOCK)) !== undefined || hasMagic(bytes),

  async read(source, sink) {
    const members = new Members(source, sink);
    await readTar(new ByteReader(source), members);
    sink.recognised(bundleOf(members.paths) ?? "tar");
  },
});

function hasMagic(bytes: Uint8Array): boolean {
  return "ustar".split("").every((char, at) => bytes[257 + at] === char.charCodeAt(0));
}
