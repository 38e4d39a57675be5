/** What Kmesh's status server prints: encoding/json with four blanks for maps, protojson for its xDS cache. */
import { readFileSync } from "node:fs";
import { ENDPOINTS, LISTENER, ROUTE } from "./node.mjs";

const CATALOGUE = new URL("../../src/model/catalogue/kmesh.json", import.meta.url);

const repeat = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const ip = (index) => [...Array(10).fill(0), 255, 255, 10, 244, 0, index + 1];
const go = (value) => JSON.stringify(value, undefined, 4);

/** Entries of the five maps. */
export const ENTRIES = { policies: 2, backends: 3, endpoints: 4, frontends: 5, services: 2 };

/** v0.5.0: the Go structs as they are, so fields have capitals and addresses are lists of bytes. */
export function bpfDump05() {
  return go({
    WorkloadPolicies: repeat(ENTRIES.policies, (it) => ({ PolicyIds: [it + 1, 0, 0, 0] })),
    Backends: repeat(ENTRIES.backends, (it) => ({
      Ip: ip(it),
      ServiceCount: 1,
      Services: [7, ...Array(9).fill(0)],
      WaypointAddr: Array(16).fill(0),
      WaypointPort: 0,
    })),
    Endpoints: repeat(ENTRIES.endpoints, (it) => ({ BackendUid: it + 100 })),
    Frontends: repeat(ENTRIES.frontends, (it) => ({ UpstreamId: it + 7 })),
    Services: repeat(ENTRIES.services, () => ({
      EndpointCount: 2,
      LbPolicy: 0,
      ServicePort: [20480, ...Array(9).fill(0)],
      TargetPort: [36895, ...Array(9).fill(0)],
      WaypointAddr: Array(16).fill(0),
      WaypointPort: 0,
    })),
  });
}

/** v1.x: names in place of hashes, addresses as text; a list that was never filled is null. */
export function bpfDump1() {
  return go({
    workloadPolicies: null,
    backends: repeat(ENTRIES.backends, (it) => ({
      ip: `10.244.0.${it + 1}`,
      serviceCount: 1,
      services: ["default/web.default.svc.cluster.local"],
    })),
    endpoints: repeat(ENTRIES.endpoints, (it) => ({
      backendUid: `cluster0//Pod/default/web-${it}`,
    })),
    frontends: repeat(ENTRIES.frontends, (it) => ({
      upstreamId: `cluster0//Pod/default/web-${it}`,
    })),
    services: repeat(ENTRIES.services, () => ({
      endpointCount: [2, 0, 0, 0, 0, 0, 0],
      lbPolicy: "UNSPECIFIED_MODE",
      servicePort: [80],
      targetPort: [8080],
    })),
  });
}

/** protojson leaves out what is empty. */
export function configDumpNative() {
  const dump = {
    dynamicResources: {
      clusterConfigs: ENDPOINTS.map((count) => ({
        name: `outbound|80||service-${count}.default.svc.cluster.local`,
        connectTimeout: 10,
        loadAssignment: {
          clusterName: `outbound|80||service-${count}.default.svc.cluster.local`,
          endpoints: [
            {
              ...(count > 0 && {
                lbEndpoints: repeat(count, (it) => ({
                  address: { port: 36895, ipv4: 16_839_690 + it },
                })),
              }),
              loadBalancingWeight: 1,
            },
          ],
        },
        circuitBreakers: { maxConnections: 1024 },
      })),
      listenerConfigs: [
        {
          name: LISTENER.name,
          address: { port: 20480, ipv4: 167_797_770 },
          filterChains: LISTENER.chains.map(({ name }) => ({ name })),
        },
      ],
      routeConfigs: [
        {
          name: ROUTE.name,
          virtualHosts: ROUTE.hosts.map(({ name, domains }) => ({ name, domains })),
        },
      ],
    },
  };
  return `${JSON.stringify(dump, undefined, 2)}\n`;
}

export function configDumpDual() {
  return go({
    workloads: repeat(3, (it) => ({
      uid: `cluster0//Pod/default/web-${it}`,
      addresses: [`10.244.0.${it + 1}`],
      protocol: "HBONE",
      name: `web-${it}`,
      namespace: "default",
      services: ["default/web.default.svc.cluster.local"],
      status: "HEALTHY",
    })),
    services: [{ name: "web", namespace: "default", hostname: "web", vips: ["/10.96.0.10"] }],
    policies: [{ name: "deny", namespace: "default", scope: "NAMESPACE", action: "DENY" }],
  });
}

/** text/tabwriter with three blanks between columns; an empty line after each table. */
export function configTables() {
  return [
    "NAME                                             LB_POLICY     CONNECT_TIMEOUT",
    "outbound|80||web.default.svc.cluster.local       ROUND_ROBIN   10",
    "outbound|443||web.default.svc.cluster.local      ROUND_ROBIN   10",
    "",
    "NAME            ADDRESS      PORT    FILTER_CHAINS",
    "10.96.0.10_80   10.96.0.10   20480   http,tcp",
    "",
    "ROUTE   VIRTUAL_HOST                       DOMAINS",
    "80      web.default.svc.cluster.local:80   web.default.svc.cluster.local,web",
    "",
    "",
  ].join("\n");
}

const CILIUM = {
  array: "Array",
  array_of_maps: "ArrayOfMaps",
  hash: "Hash",
  hash_of_maps: "HashOfMaps",
  lpm_trie: "LPMTrie",
  lru_hash: "LRUHash",
  percpu_array: "PerCPUArray",
  percpu_hash: "PerCPUHash",
  prog_array: "ProgramArray",
  ringbuf: "RingBuf",
  sk_storage: "SkStorage",
  sockhash: "SockHash",
};

/** mapspecs_by_prog.json: the maps that the release declares, under the name of one program collection. */
export function mapspecs() {
  const { definitions, releases } = JSON.parse(readFileSync(CATALOGUE, "utf8"));
  const { modes } = releases.find(({ version }) => version === "HEAD");
  const { maps } = modes.find(({ mode }) => mode === "dual-engine");
  const specs = {};
  for (const { definition, copies } of maps) {
    const { name, type, keySize, valueSize, maxEntries, flags } = definitions[definition];
    if (copies === undefined || name === null || name.startsWith(".")) continue;
    specs[name] = {
      name,
      type: CILIUM[type],
      keySize,
      valueSize,
      maxEntries,
      flags,
      keyInfo: { name: keySize === 4 ? "__u32" : "", members: null },
      valueInfo: name === "km_endpoint" ? ENDPOINT_VALUE : { name: "", members: null },
    };
  }
  return JSON.stringify({ maps: { KmeshCgroupSockWorkload: specs } }, undefined, 2);
}

const ENDPOINT_VALUE = {
  name: "endpoint_value",
  members: [{ name: "backend_uid", typeName: "__u32", offset: 0, bitfieldsize: 0 }],
};
