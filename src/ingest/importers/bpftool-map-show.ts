/** `bpftool map show`: JSON, an object for each map in the order of map ids, or plain text. */
import { mapListBlock, readMapList } from "../bpftool-text/map-list.ts";
import { peek } from "../byte-source.ts";
import { reportProblems, scan } from "../component-scan.ts";
import { defineImporter } from "../importer.ts";

export const bpftoolMapShow = defineImporter({
  id: "bpftool-map-show",
  title: "bpftool map show",
  docs: "docs/formats/bpftool-map-show.md",
  priority: 20, // Its keys are in no other format.
  sniff: (head) => head.hasKeys("bytes_key", "bytes_value") || head.isMostly(mapListBlock),
  block: mapListBlock,

  async read(input, sink) {
    const { head, source } = await peek(input);
    if (!head.json) return readMapList(source, sink);
    const list = await scan(source, sink.component.mapListScanner());
    reportProblems(list.problems, source, sink, "bpftool -j map show > maps.json");
    const { holders, problems: _, complete: __, ...columns } = list;
    if (columns.rows > 0) sink.maps(columns);
    if (holders.length > 0) sink.holders(holders);
  },
});
