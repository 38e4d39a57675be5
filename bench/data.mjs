/** Makes the inputs of the bench in bench-data/, in the form bpftool -j prints, and keeps them. */

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  writeFileSync,
} from "node:fs";
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

const COMPILERS = ["clang", "clang-19", "clang-18", "clang-17"];

/** An object of 25 maps and as many programs, as large as one of Kmesh's with its types; none without clang. */
export function objectFile() {
  const clang = COMPILERS.find((it) => spawnSync(it, ["--version"]).status === 0);
  if (clang === undefined) return undefined;
  mkdirSync(folder, { recursive: true });
  const source = `${folder}kmesh-size.bpf.c`;
  const object = `${folder}kmesh-size.bpf.o`;
  writeFileSync(source, objectSource());
  const { status, stderr } = spawnSync(
    clang,
    ["-g", "-O2", "-target", "bpf", "-c", source, "-o", object],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`${clang}: exit ${status}\n${stderr}`);
  return object;
}

/** Maps that have nothing in common: each has a key and a value of its own, and a program that looks into it. */
function objectSource() {
  const maps = Array.from({ length: 25 }, (_, map) => {
    const members = Array.from({ length: 34 }, (_, member) =>
      member % 3 === 0
        ? `unsigned long long counter_${map}_${member};`
        : `unsigned int field_${map}_${member}[${1 + (member % 3)}];`,
    );
    return `
struct key_${map} { unsigned int address_${map}; unsigned short port_${map}, protocol_${map}; };
struct value_${map} { ${members.join(" ")} };
struct {
  int (*type)[1];
  int (*max_entries)[${1000 + map}];
  struct key_${map} *key;
  struct value_${map} *value;
} map_${map} __attribute__((section(".maps"), used));
__attribute__((section("cgroup/connect4"), used)) int program_${map}(void *context) {
  struct key_${map} key = { .address_${map} = ${map} };
  struct value_${map} *value = lookup(&map_${map}, &key);
  return value ? value->field_${map}_1[0] + value->counter_${map}_3 : 0;
}`;
  });
  return `static void *(*lookup)(void *map, const void *key) = (void *)1;\n${maps.join("\n")}\n`;
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
