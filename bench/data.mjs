/** Makes the inputs of the bench in bench-data/, in the form bpftool -j prints, and keeps them. */

import { once } from "node:events";
import { copyFileSync, createWriteStream, existsSync, mkdirSync, renameSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { formatted, hexArray } from "./elements.mjs";

const folder = fileURLToPath(new URL("../bench-data/", import.meta.url));
const MiB = 1024 * 1024;
const KEY_BYTES = 16;
const VALUE_BYTES = 48;

/** `bpftool -j map dump` of a hash: 16-byte keys that count up, 48-byte values; `btf` adds what it is with BTF. */
export function mapDumpFile(mib, btf = false) {
  return make(`map-dump-${mib}${btf ? "-btf" : ""}.json`, function* () {
    const element = Buffer.from(
      `{"key":${hexArray(KEY_BYTES)},"value":${hexArray(VALUE_BYTES)}${btf ? formatted : ""}},`,
    );
    const [key, value] = [element.indexOf("[") + 1, element.lastIndexOf(`"value":["0x`) + 9];
    const bytes = mib * MiB;
    yield Buffer.from("[");
    for (let index = 0, written = 2; written < bytes; index += 1) {
      putNumber(element, key, KEY_BYTES, index);
      putNumber(element, value, VALUE_BYTES, index * 2_654_435_761);
      written += element.length;
      // The last element has no comma.
      yield written < bytes ? element : element.subarray(0, -1);
    }
    yield Buffer.from("]");
  });
}

/** Objects that declare 10 to 25 maps, four of Kmesh among them, over and over, each under a name of its own. */
export function objectsFolder(count) {
  const real = [
    "kmesh-v0.5.0-cgroup-sock",
    "kmesh-v0.5.0-sockops",
    "kmesh-head-kernel-native-cgroup-sock",
    "kmesh-head-dual-engine-cgroup-sock",
    "many-maps",
  ];
  const path = `${folder}objects-${count}/`;
  mkdirSync(path, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const name = `${real[index % real.length]}.el.o`;
    const from = new URL(`../fixtures/bpf-object/${name}`, import.meta.url);
    copyFileSync(from, `${path}${String(index).padStart(3, "0")}-${name}`);
  }
  return path;
}

/** `bpftool -j map show` of a Kmesh host on 6.1 that scaled: one outer map, else unnamed inner maps. */
export function mapShowFile(maps) {
  return make(`map-show-${maps}.json`, function* () {
    yield Buffer.from(
      `[{"id":1,"type":"array_of_maps","name":"outer_map","flags":0,"bytes_key":4,"bytes_value":4,"max_entries":${maps},"bytes_memlock":${memlock(8, maps)},"frozen":0}`,
    );
    for (let id = 2; id <= maps; id += 1) {
      yield Buffer.from(
        `,{"id":${id},"type":"array","flags":0,"bytes_key":4,"bytes_value":1300,"max_entries":1,"bytes_memlock":${memlock(1304, 1)},"frozen":0}`,
      );
    }
    yield Buffer.from("]");
  });
}

/** The same number of maps, each with a name and a size of its own: nothing folds. */
export function namedMapsFile(maps) {
  return make(`map-show-${maps}-named.json`, function* () {
    for (let id = 1; id <= maps; id += 1) {
      yield Buffer.from(
        `${id === 1 ? "[" : ","}{"id":${id},"type":"hash","name":"map_${id}","flags":0,"bytes_key":4,"bytes_value":${8 + (id % 50) * 8},"max_entries":${100 + (id % 7)},"bytes_memlock":4096,"frozen":0}`,
      );
    }
    yield Buffer.from("]");
  });
}

/** 5.11 to 6.3: whole pages of max_entries times key and value (bpf_map_memory_footprint()). */
function memlock(entryBytes, maxEntries) {
  return Math.ceil((entryBytes * maxEntries) / 4096) * 4096;
}

const DIGITS = Buffer.from("0123456789abcdef");

/** Writes the number's six low bytes, again and again, into the items of an array that begins at `at`. */
function putNumber(element, at, count, number) {
  for (let index = 0; index < count; index += 1) {
    const byte = Math.floor(number / 2 ** (8 * (index % 6))) % 256;
    element[at + 7 * index + 3] = DIGITS[byte >> 4];
    element[at + 7 * index + 4] = DIGITS[byte & 15];
  }
}

async function make(name, parts) {
  const path = folder + name;
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const file = createWriteStream(`${path}.part`);
  let [block, length] = [Buffer.allocUnsafe(MiB), 0];
  for (const part of parts()) {
    if (length + part.length > block.length) {
      if (!file.write(block.subarray(0, length))) await once(file, "drain");
      // What was written may still be on its way.
      [block, length] = [Buffer.allocUnsafe(MiB), 0];
    }
    length += part.copy(block, length);
  }
  file.end(block.subarray(0, length));
  await once(file, "close");
  // Only a whole file gets the name that the next run looks for.
  renameSync(`${path}.part`, path);
  return path;
}
