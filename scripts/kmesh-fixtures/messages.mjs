/**
 * xDS messages as Kmesh stores them: each string, message and list of references takes a slot of its own,
 * and the pointer in the C struct is replaced by the slot's number (update_bpf_map() of
 * deserialization_to_bpf_map.c). Offsets are those of api/v2-c/*.pb-c.h on a 64-bit host.
 */

/** v0.4 and v0.5: hands out slots of outer_map from 1 on; each is a map of one value. */
export class Slots {
  values = new Map();
  next = 1;

  take(fill) {
    const slot = this.next++;
    this.values.set(slot, Buffer.alloc(1300));
    fill(this.values.get(slot));
    return slot;
  }

  string(text) {
    return this.take((bytes) => bytes.write(text, 0, "utf8"));
  }

  /** A list: a slot with the numbers of the slots of its items; none when it is empty. */
  list(items) {
    return items.length === 0 ? 0 : this.take((bytes) => writeItems(bytes, items));
  }
}

/**
 * v1.x: four hash maps. A message takes an entry of the smallest that it fits into, a string one of 192
 * bytes, a list one of 1600; a reference is the map's number and the entry's index.
 */
export class SizeClasses {
  static SIZES = [64, 192, 296, 1600];
  entries = SizeClasses.SIZES.map(() => new Map());

  take(fill, size) {
    const type = SizeClasses.SIZES.findIndex((it) => it >= size);
    const index = this.entries[type].size + 1;
    const bytes = Buffer.alloc(SizeClasses.SIZES[type]);
    this.entries[type].set(index, bytes);
    fill(bytes);
    return type * 2 ** 24 + index;
  }

  string(text) {
    return this.take((bytes) => bytes.write(text, 0, "utf8"), 192);
  }

  list(items) {
    return items.length === 0 ? 0 : this.take((bytes) => writeItems(bytes, items), 1600);
  }
}

function writeItems(bytes, items) {
  items.forEach((item, index) => {
    bytes.writeBigUInt64LE(BigInt(item()), 8 * index);
  });
}

const pointer = (bytes, at, slot) => bytes.writeBigUInt64LE(BigInt(slot), at);
const u32 = (bytes, at, value) => bytes.writeUInt32LE(value >>> 0, at);

function list(slots, bytes, at, items, build) {
  bytes.writeBigUInt64LE(BigInt(items.length), at);
  pointer(bytes, at + 8, slots.list(items.map((it) => () => build(it))));
}

function socketAddress(slots, address) {
  return slots.take((bytes) => writeAddress(bytes, address), 40);
}

function writeAddress(bytes, { ip, port }) {
  u32(bytes, 28, port);
  ip.split(".").forEach((part, index) => {
    bytes[32 + index] = Number(part);
  });
}

/** Cluster__Cluster with one locality: 64 bytes in v0.5.0; 72 from v1.0.0 on, which has an id. */
export function cluster(slots, { name, endpoints }) {
  const hasId = slots instanceof SizeClasses;
  const value = Buffer.alloc(hasId ? 72 : 64);
  u32(value, 24, 2);
  pointer(value, 32, slots.string(name));
  u32(value, hasId ? 44 : 40, 10);
  const assignment = slots.take((bytes) => {
    pointer(bytes, 24, slots.string(name));
    list(slots, bytes, 32, [endpoints], (all) => locality(slots, all));
  }, 48);
  const breakers = slots.take((bytes) => u32(bytes, 28, 1024), 48);
  pointer(value, hasId ? 56 : 48, assignment);
  pointer(value, hasId ? 64 : 56, breakers);
  return { key: nameKey(name), value };
}

function locality(slots, endpoints) {
  return slots.take((bytes) => {
    list(slots, bytes, 24, endpoints, (endpoint) =>
      slots.take((it) => pointer(it, 24, socketAddress(slots, endpoint)), 32),
    );
    u32(bytes, 40, 1);
  }, 56);
}

/** Listener__Listener, 64 bytes; its key is its address. */
export function listener(slots, { name, address, chains }) {
  const value = Buffer.alloc(64);
  u32(value, 24, 2);
  pointer(value, 32, slots.string(name));
  pointer(value, 40, socketAddress(slots, address));
  list(slots, value, 48, chains, (chain) => filterChain(slots, chain));
  const key = Buffer.alloc(40);
  writeAddress(key, address);
  return { key, value };
}

function filterChain(slots, { match, filters, name }) {
  return slots.take((bytes) => {
    if (match !== undefined) {
      const { prefixes, transport, protocols } = match;
      const slot = slots.take((it) => {
        list(slots, it, 24, prefixes, (prefix) =>
          slots.take((range) => {
            pointer(range, 24, slots.string(prefix));
            u32(range, 32, 32);
          }),
        );
        pointer(it, 48, slots.string(transport));
        list(slots, it, 56, protocols, (protocol) => slots.string(protocol));
      });
      pointer(bytes, 24, slot);
    }
    list(slots, bytes, 32, filters, (filter) => filterOf(slots, filter));
    pointer(bytes, 48, slots.string(name));
  });
}

function filterOf(slots, { name, tcpCluster, routeName }) {
  return slots.take((bytes) => {
    pointer(bytes, 24, slots.string(name));
    u32(bytes, 32, tcpCluster === undefined ? 3 : 2);
    const config = slots.take((it) => {
      if (tcpCluster === undefined) {
        u32(it, 24, 2);
        pointer(it, 32, slots.string(routeName));
      } else {
        pointer(it, 24, slots.string(tcpCluster));
        u32(it, 36, 2);
        pointer(it, 40, slots.string(tcpCluster));
      }
    });
    pointer(bytes, 40, config);
  });
}

/** Route__RouteConfiguration, 56 bytes. */
export function routeConfiguration(slots, { name, hosts }) {
  const value = Buffer.alloc(56);
  u32(value, 24, 2);
  pointer(value, 32, slots.string(name));
  list(slots, value, 40, hosts, (host) => virtualHost(slots, host));
  return { key: nameKey(name), value };
}

function virtualHost(slots, { name, domains, routes }) {
  return slots.take((bytes) => {
    pointer(bytes, 24, slots.string(name));
    list(slots, bytes, 32, domains, (domain) => slots.string(domain));
    list(slots, bytes, 48, routes, (route) => routeOf(slots, route));
  });
}

function routeOf(slots, { name, prefix, clusters }) {
  return slots.take((bytes) => {
    pointer(bytes, 24, slots.string(name));
    const match = slots.take((it) => pointer(it, 24, slots.string(prefix)));
    pointer(bytes, 32, match);
    const action = slots.take((it) => {
      pointer(it, 24, slots.string(""));
      u32(it, 48, 3);
      const weighted = slots.take((weights) =>
        list(slots, weights, 24, clusters, (cluster) =>
          slots.take((weight) => {
            pointer(weight, 24, slots.string(cluster));
            u32(weight, 32, 100 / clusters.length);
          }),
        ),
      );
      pointer(it, 56, weighted);
    });
    pointer(bytes, 40, action);
  });
}

/** strncpy() into 192 bytes. */
function nameKey(name) {
  const key = Buffer.alloc(192);
  key.write(name, 0, "utf8");
  return key;
}
