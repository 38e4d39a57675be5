/** Longest-prefix match: a binary trie whose nodes are allocated when prefixes are added. */
import { formatCount } from "../../base/units.ts";
import { area, kmalloc } from "../allocators.ts";
import { hasFlag, type MapDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import { isAtLeast } from "../kernel-version.ts";
import { defineMapType } from "../map-type.ts";
import { struct, sumOf, type Term, times } from "../term.ts";
import { LIST_NODE, objectCache } from "./memory-cache.ts";
import { ACCESS_FLAGS, KMALLOC_MAX, refuse, refuseFlags, refuseNoEntries } from "./refusals.ts";
import { plainValue } from "./rounded-values.ts";

const CHECK = "trie_alloc(), kernel/bpf/lpm_trie.c";
const NODE = "lpm_trie_node_alloc(), kernel/bpf/lpm_trie.c";
/** The key begins with the prefix length: struct bpf_lpm_trie_key. */
const PREFIX_LENGTH = 4;
const MOST_KEY_BYTES = 256;

export const lpmTrie = defineMapType({
  name: "lpm_trie",
  uapi: 11,
  since: [4, 11],
  holds: "entries",
  maxEntriesMeans: "Most prefixes; nothing is taken for them before they are added.",
  flags: { NO_PREALLOC: "must be set: a trie has no other way" },
  isPreallocated: () => false,
  mostEntries: ({ maxEntries }) => maxEntries,
  entriesAreUpperBound:
    "a trie of n prefixes has at most n - 1 intermediate nodes, and fewer when prefixes contain each other",

  atCreation: (definition, host) => [
    area(host, {
      name: "header",
      size: struct(host.structSize("lpm_trie"), "lpm_trie"),
      source: "trie_alloc(), kernel/bpf/lpm_trie.c, 4.11 to 6.18",
    }),
    ...(usesCache(host) ? objectCache(host, "nodes", leaf(definition, host)) : []),
  ],

  perEntry: (definition, host) => {
    const node = usesCache(host)
      ? sumOf([leaf(definition, host), LIST_NODE])
      : leaf(definition, host);
    // From 6.13 every node is as large as a leaf; before, an intermediate one has no value.
    const intermediate = usesCache(host) ? node : bareNode(definition, host);
    return [
      kmalloc(host, {
        name: "leaf node",
        size: node,
        source: `${NODE}, 4.11 to 6.18`,
        room: { entries: 1, bytesEach: node.bytes },
      }),
      kmalloc(host, {
        name: "intermediate node (at most one for each prefix)",
        size: intermediate,
        source: `${NODE}, 4.11 to 6.18`,
        room: { entries: 1, bytesEach: intermediate.bytes },
      }),
    ];
  },

  memlock: {
    chargedPages: (definition, host) => [
      struct(host.structSize("lpm_trie"), "lpm_trie"),
      times(leaf(definition, host).bytes, definition.maxEntries, "prefixes"),
    ],
    roundedValue: plainValue,
    // trie_mem_usage(): leaves only, and not the header.
    perType: (definition, live, host) => [
      times(leaf(definition, host).bytes, live, "live prefixes"),
    ],
    countsEntries: () => true,
  },

  *refuses(definition) {
    const { keySize, valueSize } = definition;
    yield* refuseNoEntries(definition, CHECK);
    if (!hasFlag(definition, "NO_PREALLOC")) {
      yield refuse("EINVAL", CHECK, "flag NO_PREALLOC must be set for lpm_trie");
    }
    yield* refuseFlags(definition, ["NO_PREALLOC", "NUMA_NODE", ...ACCESS_FLAGS], CHECK);
    if (keySize < PREFIX_LENGTH + 1 || keySize > PREFIX_LENGTH + MOST_KEY_BYTES) {
      yield refuse("EINVAL", CHECK, `key size ${formatCount(keySize)} is not within 5 and 260`);
    }
    // sizeof(struct lpm_trie_node) is 24 or 40: the stricter of the two.
    if (valueSize < 1 || valueSize > KMALLOC_MAX - MOST_KEY_BYTES - 40) {
      yield refuse(
        "EINVAL",
        CHECK,
        `value size ${formatCount(valueSize)} is not within 1 and ${formatCount(KMALLOC_MAX - MOST_KEY_BYTES - 40)}`,
      );
    }
  },
});

/** Nodes come from bpf_mem_alloc since 6.13 (seen in 6.13.2, not in 6.12.117). */
function usesCache(host: Host): boolean {
  return isAtLeast(host.kernel, 6, 13);
}

function bareNode({ keySize }: MapDefinition, host: Host): Term {
  const header = host.structSize("lpm_trie_node");
  const data = keySize - PREFIX_LENGTH;
  return { bytes: header + data, text: `${header} B struct lpm_trie_node + ${data} B prefix` };
}

function leaf(definition: MapDefinition, host: Host): Term {
  const node = bareNode(definition, host);
  const { valueSize } = definition;
  return {
    bytes: node.bytes + valueSize,
    text: `${node.text} + ${formatCount(valueSize)} B value`,
  };
}
