/** Makes the inputs of the bench in bench-data/, in the form bpftool -j prints, and keeps them. */

import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, renameSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../bench-data/", import.meta.url));
const MiB = 1024 * 1024;
const KEY_BYTES = 16;
const VALUE_BYTES = 48;

/** `bpftool -j map dump` of a hash without BTF: 16-byte keys that count up, 48-byte values. */
export function mapDumpFile(mib) {
  return make(`map-dump-${mib}.json`, function* () {
    const bytes = mib * MiB;
    let written = 2;
    yield "[";
    for (let index = 0; written < bytes; index += 1) {
      const element = `${index === 0 ? "" : ","}{"key":${bytesOf(index, KEY_BYTES)},"value":${bytesOf(index * 2_654_435_761, VALUE_BYTES)}}`;
      written += element.length;
      yield element;
    }
    yield "]";
  });
}

/** `bpftool -j map show` of a Kmesh host on 6.1 that scaled: one outer map, else unnamed inner maps. */
export function mapShowFile(maps) {
  return make(`map-show-${maps}.json`, function* () {
    yield `[{"id":1,"type":"array_of_maps","name":"outer_map","flags":0,"bytes_key":4,"bytes_value":4,"max_entries":${maps},"bytes_memlock":${memlock(8, maps)},"frozen":0}`;
    for (let id = 2; id <= maps; id += 1) {
      yield `,{"id":${id},"type":"array","flags":0,"bytes_key":4,"bytes_value":1300,"max_entries":1,"bytes_memlock":${memlock(1304, 1)},"frozen":0}`;
    }
    yield "]";
  });
}

/** The same number of maps, each of its own name and size: as many families, the worst case for the rules. */
export function distinctMapsFile(maps) {
  return make(`map-show-distinct-${maps}.json`, function* () {
    for (let id = 1; id <= maps; id += 1) {
      const maxEntries = 16 + (id % 1000);
      yield `${id === 1 ? "[" : ","}{"id":${id},"type":"hash","name":"map_${id}","flags":${id % 2},"bytes_key":4,"bytes_value":${8 + 8 * (id % 50)},"max_entries":${maxEntries},"bytes_memlock":${memlock(12 + 8 * (id % 50) + 4, maxEntries)},"frozen":0}`;
    }
    yield "]";
  });
}

/** 5.11 to 6.3: whole pages of max_entries times key and value (bpf_map_memory_footprint()). */
function memlock(entryBytes, maxEntries) {
  return Math.ceil((entryBytes * maxEntries) / 4096) * 4096;
}

/** `["0x01","0x00",…]`: the number, little-endian, as often as it fits. */
function bytesOf(number, count) {
  const texts = [];
  for (let index = 0; index < count; index += 1) {
    const byte = Math.floor(number / 2 ** (8 * (index % 6))) % 256;
    texts.push(`"0x${byte.toString(16).padStart(2, "0")}"`);
  }
  return `[${texts.join(",")}]`;
}

async function make(name, parts) {
  const path = folder + name;
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const file = createWriteStream(`${path}.part`);
  let block = "";
  for (const part of parts()) {
    block += part;
    if (block.length < MiB) continue;
    if (!file.write(block)) await once(file, "drain");
    block = "";
  }
  file.end(block);
  await once(file, "close");
  // Only a whole file gets the name that the next run looks for.
  renameSync(`${path}.part`, path);
  return path;
}
