#!/usr/bin/env python3
"""Asks the running kernel to create maps that are near the edge of what it accepts and writes down its answers.

    sudo scripts/measure-refusals.py > fixtures/refusals/<kernel>.json

Needs root and bpf(2) on x86-64; only the standard library. Every map is closed at once. The rows are the known answers
of test/model/validate.test.ts: type, attributes, and the errno or null.
"""
import ctypes
import errno
import json
import os
import platform
import random
import struct

LIBC = ctypes.CDLL(None, use_errno=True)
SYS_BPF = 321
TYPES = (
    "hash array prog_array perf_event_array percpu_hash percpu_array stack_trace cgroup_array lru_hash "
    "lru_percpu_hash lpm_trie array_of_maps hash_of_maps devmap sockmap cpumap xskmap sockhash cgroup_storage "
    "reuseport_sockarray percpu_cgroup_storage queue stack sk_storage devmap_hash struct_ops ringbuf inode_storage "
    "task_storage bloom_filter user_ringbuf cgrp_storage arena"
).split()
NEEDS_BTF = {"sk_storage", "inode_storage", "task_storage", "cgrp_storage"}
HOLDS_MAPS = {"array_of_maps", "hash_of_maps"}
FLAGS = {"NO_PREALLOC": 1, "NO_COMMON_LRU": 2, "NUMA_NODE": 4, "RDONLY": 8, "WRONLY": 16, "STACK_BUILD_ID": 32,
         "ZERO_SEED": 64, "RDONLY_PROG": 128, "WRONLY_PROG": 256, "CLONE": 512, "MMAPABLE": 1024,
         "PRESERVE_ELEMS": 2048, "INNER_MAP": 4096, "SEGV_ON_FAULT": 1 << 17, "NO_USER_CONV": 1 << 18}
KEYS = [0, 1, 4, 5, 8, 12, 16, 20, 260, 261, 512, 513, 4096, 65536]
VALUES = [0, 1, 4, 7, 8, 16, 32, 64, 1016, 1024, 32760, 32768, 32769, 65000, 65407, 65408, 65535,
          4194304 - 300, 4194304, 4194305]
ENTRIES = [0, 1, 3, 64, 1000, 4096, 6000, 8192, 12288, 65536]
# What is usual for a type, so that most rows break one rule and not all of them.
USUAL = {
    "hash": (8, 8), "percpu_hash": (8, 8), "lru_hash": (8, 8), "lru_percpu_hash": (8, 8), "lpm_trie": (8, 8),
    "hash_of_maps": (8, 4), "array": (4, 8), "percpu_array": (4, 8), "stack_trace": (4, 64), "queue": (0, 8),
    "stack": (0, 8), "ringbuf": (0, 0), "user_ringbuf": (0, 0), "bloom_filter": (0, 8), "arena": (0, 0),
    "sockhash": (8, 4), "cgroup_storage": (8, 8), "percpu_cgroup_storage": (8, 8),
}
MEMORY_LIMIT = 32 << 20


def bpf(cmd, attr):
    buf = ctypes.create_string_buffer(bytes(attr), len(attr))
    result = LIBC.syscall(SYS_BPF, cmd, buf, len(attr))
    return result if result >= 0 else -ctypes.get_errno()


def create(row, inner, btf):
    number = TYPES.index(row["type"]) + 1
    needs_btf = row["type"] in NEEDS_BTF
    attr = struct.pack(
        "<IIIIIII16sIIIIIQ", number, row["keySize"], row["valueSize"], row["maxEntries"], row["flags"],
        inner if row["type"] in HOLDS_MAPS else 0, 0, b"edge", 0, btf(row["valueSize"]) if needs_btf else 0,
        1 if needs_btf else 0, 4 if needs_btf else 0, 0, row.get("mapExtra", 0))
    return bpf(0, attr)


def value_btf(size):
    """An int as key and a struct of `size` bytes as value: what the storages ask for."""
    names = b"\0int\0char\0val\0a\0"
    types = struct.pack("<IIII", 1, 1 << 24, 4, (1 << 24) | 32) + struct.pack("<IIII", 5, 1 << 24, 1, 8)
    types += struct.pack("<IIIIII", 0, 3 << 24, 0, 2, 1, size)
    types += struct.pack("<IIIIII", 10, (4 << 24) | 1, size, 14, 3, 0)
    blob = struct.pack("<HBBIIIII", 0xEB9F, 1, 0, 24, 0, len(types), len(types), len(names)) + types + names
    data = ctypes.create_string_buffer(blob, len(blob))
    return max(0, bpf(18, struct.pack("<QQIII", ctypes.addressof(data), 0, len(blob), 0, 0)))


def wanted(rng, name):
    key, value = USUAL.get(name, (4, 4))
    storage = name in NEEDS_BTF or "cgroup_storage" in name
    entries = 0 if storage else 4096
    flags = 1 if name in NEEDS_BTF or name == "lpm_trie" else 1024 if name == "arena" else 0
    row = {"type": name, "keySize": key, "valueSize": value, "maxEntries": entries, "flags": flags}
    for _ in range(rng.choice((0, 1, 1, 1, 2))):
        what = rng.choice(("keySize", "valueSize", "maxEntries", "flags", "flags", "mapExtra"))
        if what == "keySize":
            row[what] = rng.choice(KEYS)
        elif what == "valueSize":
            row[what] = rng.choice(VALUES)
        elif what == "maxEntries":
            row[what] = rng.choice(ENTRIES)
        elif what == "flags":
            row[what] ^= rng.choice(list(FLAGS.values()))
        else:
            row[what] = rng.choice((1, 5, 15, 16, 4096))
    return row


def main():
    rng = random.Random(20)
    inner = create({"type": "array", "keySize": 4, "valueSize": 8, "maxEntries": 1, "flags": 0}, 0, value_btf)
    rows, seen = [], set()
    for name in TYPES:
        if name == "struct_ops":
            continue
        for _ in range(120):
            row = wanted(rng, name)
            if json.dumps(row) in seen or row["maxEntries"] * max(row["valueSize"], 8) * os.cpu_count() > MEMORY_LIMIT:
                continue
            seen.add(json.dumps(row))
            fd = create(row, inner, value_btf)
            if fd >= 0:
                os.close(fd)
            rows.append({**row, "errno": None if fd >= 0 else errno.errorcode.get(-fd, "ENOTSUPP" if fd == -524 else -fd)})
    head = {"kernel": platform.release(), "arch": platform.machine(), "command": "scripts/measure-refusals.py"}
    body = ",\n".join("  " + json.dumps(row) for row in rows)
    print("{\n" + "".join(f' "{k}": {json.dumps(v)},\n' for k, v in head.items()) + ' "rows": [\n' + body + "\n ]\n}")


if __name__ == "__main__":
    main()
