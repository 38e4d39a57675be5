/** A node with kernel-native Kmesh v0.5.0, as bpftool would list and dump its maps on a 6.1 kernel with 8 CPUs. */
import { readFileSync } from "node:fs";
import { cluster, listener, routeConfiguration, SizeClasses, Slots } from "./messages.mjs";

const CATALOGUE = new URL("../../src/model/catalogue/kmesh.json", import.meta.url);
const MODE = "kernel-native enhanced";
const CPUS = 8;
const FIRST_INNER_ID = 1001;

/** Endpoints of each cluster; their slots are known: 6 without endpoints, else 7 and 2 for each. */
export const ENDPOINTS = [0, 1, 2, 10];

export const LISTENER = {
  name: "10.96.0.10_80",
  address: { ip: "10.96.0.10", port: 80 },
  chains: [
    {
      match: { prefixes: ["10.96.0.10"], transport: "raw_buffer", protocols: ["http/1.1", "h2c"] },
      filters: [{ name: "envoy.filters.network.http_connection_manager", routeName: "80" }],
      name: "http",
    },
    {
      filters: [{ name: "envoy.filters.network.tcp_proxy", tcpCluster: "outbound|80||web" }],
      name: "tcp",
    },
  ],
};

export const ROUTE = {
  name: "80",
  hosts: [
    {
      name: "web.default.svc.cluster.local:80",
      domains: ["web.default.svc.cluster.local", "web"],
      routes: [
        { name: "default", prefix: "/", clusters: ["outbound|80|v1|web", "outbound|80|v2|web"] },
      ],
    },
  ],
};

/** @param pool inner maps in the outer map, used or not. */
export function node({ endpoints = ENDPOINTS, pool = 128 } = {}) {
  const slots = new Slots();
  const clusters = endpoints.map((count) => cluster(slots, clusterOf(count)));
  const listeners = [listener(slots, LISTENER)];
  const routes = [routeConfiguration(slots, ROUTE)];
  const used = slots.values.size;
  if (used > pool) throw new Error(`${used} slots do not fit into a pool of ${pool}`);
  const idOf = (slot) => FIRST_INNER_ID + slot - 1;
  const all = Array.from({ length: pool }, (_, index) => index + 1);
  return {
    used,
    files: {
      "map-show.json": mapShow(pool),
      "map-dump-kmesh_cluster.json": dump(clusters),
      "map-dump-kmesh_listener.json": dump(listeners),
      "map-dump-map_of_router_config.json": dump(routes),
      "map-dump-outer_map.json": dump(
        all.map((slot) => ({ key: le32(slot), value: le32(idOf(slot)) })),
      ),
      "inner-maps.json": batch(slots, idOf),
    },
  };
}

/** The same clusters in Kmesh v1.x, which has no outer map. */
export function node1({ endpoints = ENDPOINTS } = {}) {
  const classes = new SizeClasses();
  const clusters = endpoints.map((count) => cluster(classes, clusterOf(count)));
  const files = { "map-show.json": mapShow(0, "HEAD"), "map-dump-km_cluster.json": dump(clusters) };
  SizeClasses.SIZES.forEach((size, type) => {
    const entries = [...classes.entries[type]].map(([index, value]) => ({
      key: le32(index),
      value,
    }));
    files[`map-dump-kmesh_map${size}.json`] = dump(entries);
  });
  for (const name of ["km_listener", "km_routerconfig"]) files[`map-dump-${name}.json`] = dump([]);
  return { files };
}

function clusterOf(count) {
  return {
    name: `outbound|80||service-${count}.default.svc.cluster.local`,
    endpoints: Array.from({ length: count }, (_, index) => ({
      ip: `10.244.${index >> 8}.${index & 255}`,
      port: 8080,
    })),
  };
}

/** Only the slots in use: a pool's other maps hold zeros. */
function batch(slots, idOf) {
  const outputs = [...slots.values].map(
    ([slot, value]) =>
      `{"command":["map","dump","id","${idOf(slot)}"],"output":${dump([{ key: le32(0), value }])}}`,
  );
  return `[${outputs.join(",\n")}]`;
}

function le32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function dump(entries) {
  return `[${entries.map(({ key, value }) => `{"key":${hex(key)},"value":${hex(value)}}`).join(",")}]`;
}

function hex(bytes) {
  return `[${[...bytes].map((byte) => `"0x${byte.toString(16).padStart(2, "0")}"`).join(",")}]`;
}

function mapShow(pool, release = "v0.5.0") {
  const { definitions, releases } = JSON.parse(readFileSync(CATALOGUE, "utf8"));
  const { modes } = releases.find(({ version }) => version === release);
  const { maps } = modes.find(({ mode }) => mode === MODE);
  const inner = maps.find((it) => it.innerOf === "outer_map");
  const listed = maps.flatMap((it) => Array(it.copies ?? 0).fill(definitions[it.definition]));
  const rows = listed.map((definition, index) => row(index + 1, definition));
  for (let index = 0; index < pool; index++) {
    rows.push(row(FIRST_INNER_ID + index, definitions[inner.definition]));
  }
  return `[${rows.map((it) => JSON.stringify(it)).join(",")}]`;
}

function row(id, definition) {
  const { name, type, keySize, valueSize, maxEntries, flags } = definition;
  return {
    id,
    type,
    ...(name !== null && { name: name.slice(0, 15) }),
    flags,
    bytes_key: keySize,
    bytes_value: valueSize,
    max_entries: maxEntries,
    bytes_memlock: memlock(definition),
    frozen: 0,
  };
}

/** bpf_map_memory_footprint() of Linux 5.11 to 6.3. */
function memlock({ type, keySize, valueSize, maxEntries }) {
  if (type === "ringbuf" || type === "sk_storage") return 0;
  const up = (value, to) => Math.ceil(value / to) * to;
  const held = /_of_maps$|^prog_array$/.test(type)
    ? 4
    : /^percpu_/.test(type)
      ? up(valueSize, 8) * CPUS
      : valueSize;
  return up(maxEntries * up(keySize + held, 8), 4096);
}
