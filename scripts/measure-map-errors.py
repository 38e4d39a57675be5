#!/usr/bin/env python3
"""Does with maps of the running kernel what it refuses, and writes down its answers.

    sudo scripts/measure-map-errors.py > fixtures/map-errors/<kernel>.json

Needs root and bpf(2) on x86-64; only the standard library. Every map is closed at once. The rows are the known answers
of test/model/map-errors.test.ts: type, operation, and the errno, or null where the kernel agreed.
"""
import ctypes
import errno
import json
import os
import platform
import resource
import struct

LIBC = ctypes.CDLL(None, use_errno=True)
SYS_BPF = 321
CREATE, LOOKUP, UPDATE, DELETE, NEXT_KEY = 0, 1, 2, 3, 4
FD_BY_ID, LOOKUP_AND_DELETE, FREEZE = 14, 21, 22
ANY, NOEXIST, EXIST = 0, 1, 2
TYPES = (
    "hash array prog_array perf_event_array percpu_hash percpu_array stack_trace cgroup_array lru_hash "
    "lru_percpu_hash lpm_trie array_of_maps hash_of_maps devmap sockmap cpumap xskmap sockhash cgroup_storage "
    "reuseport_sockarray percpu_cgroup_storage queue stack sk_storage devmap_hash struct_ops ringbuf inode_storage "
    "task_storage bloom_filter user_ringbuf cgrp_storage arena"
).split()
ROOM = 4
# Key size, value size and flags; the types that need objects of the network are left to their sources.
SHAPES = {
    "hash": (4, 8, 0), "hash (NO_PREALLOC)": (4, 8, 1), "percpu_hash": (4, 8, 0), "lru_hash": (4, 8, 0),
    "lru_percpu_hash": (4, 8, 0), "array": (4, 8, 0), "percpu_array": (4, 8, 0), "lpm_trie": (8, 8, 1),
    "queue": (0, 8, 0), "stack": (0, 8, 0), "bloom_filter": (0, 8, 0), "stack_trace": (4, 64, 0),
    "array_of_maps": (4, 4, 0), "hash_of_maps": (4, 4, 0), "prog_array": (4, 4, 0), "cgroup_array": (4, 4, 0),
    "perf_event_array": (4, 4, 0), "cpumap": (4, 4, 0), "devmap": (4, 4, 0), "devmap_hash": (4, 4, 0),
    "sockmap": (4, 4, 0), "sockhash": (4, 4, 0), "xskmap": (4, 4, 0), "reuseport_sockarray": (4, 4, 0), "ringbuf": (0, 0, 0),
}


def bpf(cmd, attr):
    buf = ctypes.create_string_buffer(attr, max(len(attr), 128))
    result = LIBC.syscall(SYS_BPF, cmd, buf, max(len(attr), 128))
    return result if result >= 0 else -ctypes.get_errno()


def name_of(result):
    # Python has two names for 95, and none for the kernel's own 524.
    names = {524: "ENOTSUPP", 95: "EOPNOTSUPP"}
    return None if result >= 0 else names.get(-result) or errno.errorcode[-result]


def create(kind, key, value, flags, entries, inner=0):
    number = TYPES.index(kind) + 1
    return bpf(CREATE, struct.pack("<IIIIII", number, key, value, entries, flags, inner))


class Map:
    def __init__(self, shape, inner):
        self.kind = shape.split(" ")[0]
        self.key, self.value, flags = SHAPES[shape]
        entries = 4096 if self.kind == "ringbuf" else ROOM
        held = inner if self.kind in ("array_of_maps", "hash_of_maps") else 0
        self.fd = create(self.kind, self.key, self.value, flags, entries, held)
        if self.fd < 0:
            raise OSError(-self.fd, shape)
        self.inner = inner

    def call(self, cmd, index=None, flags=0, value=None):
        if self.kind == "lpm_trie":
            raw = struct.pack("<II", 32, index or 0)
        else:
            raw = struct.pack("<I", index or 0)
        key = ctypes.create_string_buffer(raw, 64)
        held = struct.pack("<I", self.inner if value is None else value) if "_of_maps" in self.kind else None
        if held is None:
            held = struct.pack("<Q", (index or 0) + 1 if value is None else value)
        room = ctypes.create_string_buffer(held, 65536)
        key_at = ctypes.addressof(key) if self.key and index is not None else 0
        # The kernel refuses what a command does not take.
        if cmd == FREEZE:
            return bpf(cmd, struct.pack("<I", self.fd))
        if cmd == DELETE:
            return bpf(cmd, struct.pack("<IIQ", self.fd, 0, key_at))
        return bpf(cmd, struct.pack("<IIQQQ", self.fd, 0, key_at, ctypes.addressof(room), flags))


def fill(it):
    for index in range(ROOM):
        it.call(UPDATE, index)


def rows(inner):
    def ask(shape, operation, act):
        it = Map(shape, inner)
        try:
            yield {"type": it.kind, "flags": SHAPES[shape][2], "operation": operation, "errno": name_of(act(it))}
        finally:
            os.close(it.fd)

    def after_fill(act):
        return lambda it: (fill(it), act(it))[1]

    keyed = [it for it in SHAPES if SHAPES[it][0]]
    for shape in SHAPES:
        kind = shape.split(" ")[0]
        held = kind in ("prog_array", "cgroup_array", "perf_event_array", "devmap", "devmap_hash",
                        "sockmap", "sockhash", "xskmap", "reuseport_sockarray")
        if shape in keyed and not held:
            slots = kind in ("array", "percpu_array", "array_of_maps", "cpumap")
            past = "update past the last index" if slots else "insert into a full map"
            yield from ask(shape, past, after_fill(lambda it: it.call(UPDATE, ROOM + 3)))
            yield from ask(shape, "insert what exists, with BPF_NOEXIST", after_fill(lambda it: it.call(UPDATE, 1, NOEXIST)))
            yield from ask(shape, "update what is not there, with BPF_EXIST", lambda it: it.call(UPDATE, 1, EXIST))
            yield from ask(shape, "update with unknown flags", lambda it: it.call(UPDATE, 1, 64))
        if shape in keyed and held and kind not in ("devmap_hash", "sockhash", "sockmap"):
            yield from ask(shape, "update past the last index", lambda it: it.call(UPDATE, ROOM + 3, 0, 0))
        if held:
            yield from ask(shape, "update with no such descriptor", lambda it: it.call(UPDATE, 1, 0, 99_999))
        if shape in keyed:
            yield from ask(shape, "delete what is not there", lambda it: it.call(DELETE, 1))
            yield from ask(shape, "look up what is not there", lambda it: it.call(LOOKUP, ROOM + 3))
            yield from ask(shape, "next key of an empty map", lambda it: it.call(NEXT_KEY, 0))
        if kind in ("queue", "stack", "bloom_filter"):
            yield from ask(shape, "push to a full map", after_fill(lambda it: it.call(UPDATE)))
            yield from ask(shape, "push with BPF_NOEXIST", lambda it: it.call(UPDATE, None, NOEXIST))
            yield from ask(shape, "pop from an empty map", lambda it: it.call(LOOKUP_AND_DELETE))
        if kind == "bloom_filter":
            yield from ask(shape, "look up what is not there", lambda it: it.call(LOOKUP))
        if kind == "ringbuf":
            yield from ask(shape, "update from user space", lambda it: it.call(UPDATE, 0))
            yield from ask(shape, "look up from user space", lambda it: it.call(LOOKUP, 0))
        if kind in ("array", "hash"):
            yield from ask(shape, "freeze twice", lambda it: (it.call(FREEZE), it.call(FREEZE))[1])
            yield from ask(shape, "update a frozen map", lambda it: (it.call(FREEZE), it.call(UPDATE, 1))[1])
    # A map that is shaped unlike the template.
    other = create("array", 4, 16, 0, 1)
    it = Map("array_of_maps", inner)
    yield {"type": "array_of_maps", "flags": 0, "operation": "put in a map unlike the template",
           "errno": name_of(it.call(UPDATE, 1, 0, other))}
    os.close(it.fd)
    os.close(other)
    yield {"type": None, "flags": 0, "operation": "open an id that is gone", "errno": name_of(bpf(FD_BY_ID, struct.pack("<I", 2**30)))}
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # The next descriptor would have the number that the limit forbids.
    following = os.dup(0)
    os.close(following)
    resource.setrlimit(resource.RLIMIT_NOFILE, (following, hard))
    yield {"type": "array", "flags": 0, "operation": "create with no descriptor left", "errno": name_of(create("array", 4, 8, 0, 1))}
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def main():
    inner = create("array", 4, 8, 0, 1)
    measured = list(rows(inner))
    head = {"kernel": platform.release(), "arch": platform.machine(), "command": "scripts/measure-map-errors.py"}
    body = ",\n".join("  " + json.dumps(row) for row in measured)
    print("{\n" + "".join(f' "{k}": {json.dumps(v)},\n' for k, v in head.items()) + ' "rows": [\n' + body + "\n ]\n}")


if __name__ == "__main__":
    main()
