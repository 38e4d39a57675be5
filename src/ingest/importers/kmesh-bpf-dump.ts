/** What Kmesh's status server reads back from the maps of dual-engine mode: an array for each of five maps. */
import type { MapDump } from "../../model/snapshot.ts";
import { defineImporter, type FactSink } from "../importer.ts";
import { policy, redactJson } from "../redact/json.ts";
import { walkJson } from "../walk-json.ts";

/** v0.5.0 (capitals) and v1.x: the array, and the map that it was read from. */
const MAPS: Readonly<Record<string, string>> = {
  WorkloadPolicies: "map_of_wl_policy",
  Backends: "kmesh_backend",
  Endpoints: "kmesh_endpoint",
  Frontends: "kmesh_frontend",
  Services: "kmesh_service",
  workloadPolicies: "km_wlpolicy",
  backends: "km_backend",
  endpoints: "km_endpoint",
  frontends: "km_frontend",
  services: "km_service",
};
const COMMAND =
  "kubectl exec -n kmesh-system <pod> -- curl -s localhost:15200/debug/config_dump/bpf/dual-engine > bpf-dual-engine.json";

/** Only the lengths of the lists are read, and kept. */
const SHAPE = policy(Object.keys(MAPS).join(" "), { shapeOnly: true });

export const kmeshBpfDump = defineImporter({
  id: "kmesh-bpf-dump",
  title: "Kmesh BPF maps (status server)",
  docs: "docs/formats/kmesh-bpf-dump.md",
  priority: 40, // Told by keys that only this dump has together.
  // The first two arrays prove it: of a large dump the head may hold no more.
  sniff: (head) =>
    head.hasKeys("workloadPolicies", "backends") || head.hasKeys("WorkloadPolicies", "Backends"),
  redact: redactJson(SHAPE),

  async read(source, sink) {
    const lengths = new Map<string, number>();
    const ended = new Set<string>();
    let array: string | undefined;
    await walkJson(
      source,
      sink,
      {
        open(kind, key, depth) {
          if (depth === 1 && kind === "array" && key !== undefined && MAPS[key] !== undefined) {
            array = key;
            lengths.set(key, 0);
          } else if (depth === 2 && array !== undefined) {
            lengths.set(array, (lengths.get(array) ?? 0) + 1);
          }
        },
        close(_kind, depth) {
          if (depth !== 1 || array === undefined) return;
          ended.add(array);
          array = undefined;
        },
        // Go prints `null` for a list that was never filled.
        scalar(text, key, depth) {
          if (depth !== 1 || text !== "null" || key === undefined || MAPS[key] === undefined)
            return;
          lengths.set(key, 0);
          ended.add(key);
        },
      },
      COMMAND,
    );
    add(sink, source.file, lengths, ended);
  },
});

/** Lengths only: the dump has neither keys nor the bytes of a value. */
function add(
  sink: FactSink,
  file: string,
  lengths: ReadonlyMap<string, number>,
  ended: ReadonlySet<string>,
): void {
  const dumps = [...lengths].map(
    ([array, entries]): MapDump => ({
      name: { value: MAPS[array] as string, basis: "reported" },
      type: "hash",
      file,
      elements: entries,
      distinctKeys: entries,
      distinctKeysExact: true,
      nonZeroValues: Number.NaN, // Values are shown decoded, if at all.
      unreadable: 0,
      keySize: Number.NaN,
      valueSize: Number.NaN,
      complete: ended.has(array),
    }),
  );
  if (dumps.length > 0) sink.add("dumps", dumps);
}
