/**
 * The messages that kernel-native Kmesh stores, by generation, as protobuf-c lays them out
 * (api/v2-c/*.pb-c.h of github.com/kmesh-net/kmesh). Sizes that the releases' maps prove: Listener 64,
 * Cluster 64 (72 from v1.0.0), RouteConfiguration 56, FilterChainMatch 72.
 */
import type { StructLayout } from "../struct-layout.ts";
import { type Declared, type Field, type Message, message } from "./c-struct.ts";

/** v0.4 and v0.5 keep references into `outer_map`; v1.x into one of four hash maps. */
export type Generation = "outer-map" | "size-classes";

const ROUTE_ACTION_HEAD: readonly Declared[] = [
  ["prefix_rewrite", "string"],
  ["timeout", "u32"],
  ["retry_policy", "message", "Route__RetryPolicy"],
];
const CLUSTER_SPECIFIER: Declared = [
  "cluster_specifier",
  "oneof",
  {
    cluster: { number: 1, type: "string" },
    weighted_clusters: { number: 3, type: "message", message: "Route__WeightedCluster" },
  },
];

const COMMON: readonly Message[] = [
  message("Core__SocketAddress", [
    ["protocol", "u32"],
    ["port", "u32"],
    ["ipv4", "u32"],
  ]),
  message("Core__CidrRange", [
    ["address_prefix", "string"],
    ["prefix_len", "u32"],
  ]),
  message("Cluster__CircuitBreakers", [
    ["priority", "u32"],
    ["max_connections", "u32"],
    ["max_pending_requests", "u32"],
    ["max_requests", "u32"],
    ["max_retries", "u32"],
    ["max_connection_pools", "u32"],
  ]),
  message("Endpoint__ClusterLoadAssignment", [
    ["cluster_name", "string"],
    ["endpoints", "messages", "Endpoint__LocalityLbEndpoints"],
  ]),
  message("Endpoint__LocalityLbEndpoints", [
    ["lb_endpoints", "messages", "Endpoint__Endpoint"],
    ["load_balancing_weight", "u32"],
    ["priority", "u32"],
    ["connect_num", "u32"],
  ]),
  message("Endpoint__Endpoint", [["address", "message", "Core__SocketAddress"]]),
  message("Listener__Listener", [
    ["api_status", "u32"],
    ["name", "string"],
    ["address", "message", "Core__SocketAddress"],
    ["filter_chains", "messages", "Listener__FilterChain"],
  ]),
  message("Listener__FilterChain", [
    ["filter_chain_match", "message", "Listener__FilterChainMatch"],
    ["filters", "messages", "Listener__Filter"],
    ["name", "string"],
  ]),
  message("Listener__FilterChainMatch", [
    ["prefix_ranges", "messages", "Core__CidrRange"],
    ["destination_port", "u32"],
    ["transport_protocol", "string"],
    ["application_protocols", "strings"],
  ]),
  message("Filter__TcpProxy", [
    ["stat_prefix", "string"],
    ["max_connect_attempts", "u32"],
    [
      "cluster_specifier",
      "oneof",
      {
        cluster: { number: 2, type: "string" },
        weighted_clusters: {
          number: 10,
          type: "message",
          message: "Filter__TcpProxy__WeightedCluster",
        },
      },
    ],
  ]),
  message("Filter__TcpProxy__WeightedCluster", [
    ["clusters", "messages", "Filter__TcpProxy__WeightedCluster__ClusterWeight"],
  ]),
  message("Filter__TcpProxy__WeightedCluster__ClusterWeight", [
    ["name", "string"],
    ["weight", "u32"],
  ]),
  message("Filter__HttpConnectionManager", [
    [
      "route_specifier",
      "oneof",
      {
        route_config_name: { number: 2, type: "string" },
        route_config: { number: 4, type: "message", message: "Route__RouteConfiguration" },
      },
    ],
  ]),
  message("Route__RouteConfiguration", [
    ["api_status", "u32"],
    ["name", "string"],
    ["virtual_hosts", "messages", "Route__VirtualHost"],
  ]),
  message("Route__VirtualHost", [
    ["name", "string"],
    ["domains", "strings"],
    ["routes", "messages", "Route__Route"],
  ]),
  message("Route__Route", [
    ["name", "string"],
    ["match", "message", "Route__RouteMatch"],
    ["route", "message", "Route__RouteAction"],
  ]),
  message("Route__RouteMatch", [
    ["prefix", "string"],
    ["case_sensitive", "bool"],
    ["headers", "messages", "Route__HeaderMatcher"],
  ]),
  message("Route__HeaderMatcher", [
    ["name", "string"],
    [
      "header_match_specifier",
      "oneof",
      {
        exact_match: { number: 4, type: "string" },
        prefix_match: { number: 9, type: "string" },
      },
    ],
  ]),
  message("Route__RetryPolicy", [["num_retries", "u32"]]),
  message("Route__WeightedCluster", [["clusters", "messages", "Route__ClusterWeight"]]),
  message("Route__ClusterWeight", [
    ["name", "string"],
    ["weight", "u32"],
  ]),
];

const FILTERS = {
  tcp_proxy: { number: 2, type: "message", message: "Filter__TcpProxy" },
  http_connection_manager: { number: 3, type: "message", message: "Filter__HttpConnectionManager" },
} as const;

const OUTER_MAP: readonly Message[] = [
  message("Cluster__Cluster", [
    ["api_status", "u32"],
    ["name", "string"],
    ["connect_timeout", "u32"],
    ["lb_policy", "u32"],
    ["load_assignment", "message", "Endpoint__ClusterLoadAssignment"],
    ["circuit_breakers", "message", "Cluster__CircuitBreakers"],
  ]),
  message("Listener__Filter", [
    ["name", "string"],
    ["config_type", "oneof", FILTERS],
  ]),
  message("Route__RouteAction", [...ROUTE_ACTION_HEAD, CLUSTER_SPECIFIER]),
];

const SIZE_CLASSES: readonly Message[] = [
  message("Cluster__Cluster", [
    ["api_status", "u32"],
    ["name", "string"],
    ["id", "u32"],
    ["connect_timeout", "u32"],
    ["lb_policy", "u32"],
    ["load_assignment", "message", "Endpoint__ClusterLoadAssignment"],
    ["circuit_breakers", "message", "Cluster__CircuitBreakers"],
  ]),
  message("Listener__Filter", [
    ["name", "string"],
    ["config_type", "oneof", FILTERS],
  ]),
  message("Route__RouteAction", [
    ...ROUTE_ACTION_HEAD,
    ["hash_policy", "messages", "Route__RouteAction__HashPolicy"],
    CLUSTER_SPECIFIER,
  ]),
  message("Route__RouteAction__HashPolicy", [
    [
      "policy_specifier",
      "oneof",
      {
        header: { number: 1, type: "message", message: "Route__RouteAction__HashPolicy__Header" },
      },
    ],
  ]),
  message("Route__RouteAction__HashPolicy__Header", [["header_name", "string"]]),
];

export type Messages = ReadonlyMap<string, Message>;

const CATALOGUE: Readonly<Record<Generation, Messages>> = {
  "outer-map": byName([...COMMON, ...OUTER_MAP]),
  "size-classes": byName([...COMMON, ...SIZE_CLASSES]),
};

function byName(messages: readonly Message[]): Messages {
  return new Map(messages.map((it) => [it.name, it]));
}

const KNOWN = new Set([...CATALOGUE["outer-map"].keys(), ...CATALOGUE["size-classes"].keys()]);

/** protobuf-c of before 1.4 names a struct with an underscore before it. */
export function messageName(struct: string): string {
  return struct.replace(/^_/, "");
}

export function isKnownMessage(struct: string): boolean {
  return KNOWN.has(messageName(struct));
}

/** The catalogue's messages, with the places of the fields as the given types have them. */
export function messagesOf(generation: Generation, layouts: readonly StructLayout[]): Messages {
  const messages = new Map(CATALOGUE[generation]);
  for (const layout of layouts) {
    const known = messages.get(layout.name);
    if (known !== undefined) messages.set(layout.name, placedBy(layout, known));
  }
  return messages;
}

/** A field that the types do not have is not there; one of a oneof stands in an anonymous union. */
function placedBy({ size, offsets }: StructLayout, known: Message): Message {
  const moved = new Map<number, number>();
  const fields = known.fields.flatMap((field): Field[] => {
    const offset = offsets[field.name];
    if (offset === undefined) return [];
    const countAt = offsets[`n_${field.name}`];
    return [{ ...field, offset, ...(countAt !== undefined && { countAt }) }];
  });
  for (const [name, offset] of Object.entries(offsets)) {
    if (!name.endsWith("_case")) continue;
    const before = known.cases[moved.size];
    if (before !== undefined) moved.set(before.offset, offset);
  }
  return {
    ...known,
    size: Number.isNaN(size) ? known.size : size,
    fields: fields.map((it) =>
      it.when === undefined
        ? it
        : { ...it, when: { ...it.when, offset: moved.get(it.when.offset) ?? it.when.offset } },
    ),
    cases: known.cases.map((it) => ({ ...it, offset: moved.get(it.offset) ?? it.offset })),
  };
}
