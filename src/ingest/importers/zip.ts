/** A zip archive: each member is an input of its own. */

import { bundleOf } from "../archive/bundles.ts";
import { ByteReader } from "../archive/byte-reader.ts";
import { Members } from "../archive/members.ts";
import { SIGNATURES, signatureOf } from "../archive/zip-header.ts";
import { defineImporter } from "../importer.ts";

/** A first member, an archive without any, or the mark of a split archive that has one part. */
const FIRST: readonly number[] = [SIGNATURES.local, SIGNATURES.end, SIGNATURES.descriptor];

export const zip = defineImporter({
  id: "zip",
  title: "zip archive",
  docs: "docs/formats/zip.md",
  priority: 0, // Told by its first bytes, which are no text.
  unpacks: true,
  sniff: ({ bytes }) => FIRST.includes(signatureOf(bytes.subarray(0, 4))),

  async read(source, sink) {
    // Loaded when it is needed: most inputs are not packed.
    const { readZip } = await import("../archive/zip.ts");
    const members = new Members(source, sink);
    await readZip(new ByteReader(source), members, sink.budget);
    sink.recognised(bundleOf(members.paths) ?? "zip");
  },
});
