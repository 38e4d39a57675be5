/** Known answers: clang-19 compiled fixtures/c-map-definitions/layouts.bpf.c; its object has these maps. */
import { describe, expect, test } from "vitest";
import { declaredMaps } from "../../../src/ingest/c-text/maps.ts";
import { tokenize } from "../../../src/ingest/c-text/tokens.ts";
import { Types } from "../../../src/ingest/c-text/types.ts";
import { fixture, readOne, readTexts } from "../read.ts";

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function mapsOf(text: string) {
  const tokens = tokenize(text);
  return declaredMaps(tokens, new Types(tokens)).map((it) => it.map);
}

function sizesOf(text: string) {
  return mapsOf(text).map(({ name, definition: { type, keySize, valueSize, maxEntries, flags } }) =>
    [name, type, keySize, valueSize, maxEntries, flags].join(" "),
  );
}

test("the maps of a source are those of its object", async () => {
  const { objects } = await readOne(fixture("c-map-definitions/layouts.bpf.c"));
  expect(objects).toHaveLength(1);
  expect(
    objects[0]?.maps.map(({ name, kernelName, definition, pinning }) => ({
      name,
      kernelName,
      ...definition,
      pinning,
    })),
  ).toEqual([
    {
      name: "km_short",
      kernelName: "km_short",
      type: "hash",
      keySize: 24,
      valueSize: 152,
      maxEntries: 1024,
      flags: 129,
      pinning: undefined,
    },
    {
      name: "name_longer_than_fifteen",
      kernelName: "name_longer_tha",
      type: "array_of_maps",
      keySize: 4,
      valueSize: 4,
      maxEntries: 32,
      flags: 0,
      pinning: undefined,
      inner: { type: "array", keySize: 4, valueSize: 12, maxEntries: 1, flags: 0 },
    },
    {
      name: "per_cpu",
      kernelName: "per_cpu",
      type: "lru_percpu_hash",
      keySize: 11,
      valueSize: 147,
      maxEntries: 32,
      flags: 0,
      pinning: "by-name",
    },
    {
      name: "last",
      kernelName: "last",
      type: "hash",
      keySize: 12,
      valueSize: 16,
      maxEntries: 7,
      flags: 0,
      pinning: undefined,
    },
  ]);
});

describe("each asserted size is the compiler's", () => {
  const text = decode(fixture("c-map-definitions/layouts.bpf.c"));
  const types = new Types(tokenize(text));
  const asserted = [...text.matchAll(/_Static_assert\(sizeof\((struct \w+)\) == (\d+)/g)];

  test.each(asserted.map(([, name = "", size]) => [name, Number(size)] as const))(
    "%s has %i bytes",
    (name, size) => {
      expect(types.sizeOf(tokenize(name).list, 0)).toBe(size);
    },
  );

  test("there are seven", () => expect(asserted).toHaveLength(7));
});

const map = (body: string, before = "") => `${before}\nstruct { ${body} } m SEC(".maps");`;
const HASH = "__uint(type, BPF_MAP_TYPE_HASH);";

test.each<[string, string, string[]]>([
  [
    "legacy",
    'struct bpf_map_def SEC("maps") m = { .type = BPF_MAP_TYPE_LRU_HASH, .key_size = sizeof(__u64), .value_size = 3, .max_entries = 10 };',
    ["m lru_hash 8 3 10 0"],
  ],
  [
    "iproute2",
    'struct bpf_elf_map __section("maps") m = { .type = BPF_MAP_TYPE_HASH, .size_key = 4, .size_value = 8, .max_elem = 9, .flags = BPF_F_NO_PREALLOC };',
    ["m hash 4 8 9 1"],
  ],
  [
    "two of one definition",
    `struct { ${HASH} } a SEC(".maps"), b SEC(".maps");`,
    ["a hash 0 0 0 0", "b hash 0 0 0 0"],
  ],
  [
    "what the macros stand for",
    'struct { int (*type)[BPF_MAP_TYPE_HASH]; int (*max_entries)[5]; typeof(__u32) *key; __u64 *value; } m __attribute__((section(".maps"), used));',
    ["m hash 4 8 5 0"],
  ],
  [
    "a macro's text, not its value",
    map(`${HASH} __uint(max_entries, A * 2);`, "#define A 1 << 4"),
    ["m hash 0 0 256 0"],
  ],
  [
    "a comment in between",
    map(`${HASH} /* } */ __uint(max_entries, 2); // ; }`.concat("\n")),
    ["m hash 0 0 2 0"],
  ],
])("%s", (_, text, expected) => expect(sizesOf(text)).toEqual(expected));

test.each<[string, string, string]>([
  [
    "a macro of another file",
    map(`${HASH} __uint(max_entries, RINGBUF_SIZE);`),
    "RINGBUF_SIZE is not defined in the text",
  ],
  [
    "a struct of another file",
    map(`${HASH} __type(key, struct flow);`),
    "struct flow is not defined in the text",
  ],
  [
    "a struct of itself",
    map(`${HASH} __type(key, struct a);`, "struct a { struct a b; };"),
    "struct a is defined by itself",
  ],
  [
    "a macro without end",
    map(
      `${HASH} __uint(max_entries, A);`,
      Array.from({ length: 45 }, (_, it) => `#define A${it || ""} A${it + 1}+A${it + 1}`).join(
        "\n",
      ),
    ),
    "its macros expand without end",
  ],
  ["a division by zero", map(`${HASH} __uint(max_entries, 1 / 0);`), "it divides by zero"],
  ["no type", map("__uint(max_entries, 1);"), "no type is given"],
])("%s is absent, with the reason", (_, text, reason) => {
  expect(Object.values(mapsOf(text)[0]?.unknown ?? {})).toEqual([reason]);
});

test("a proposal that lost its characters: definitions and scrape, each from its block", async () => {
  const { objects, metrics, sources } = await readOne(
    fixture("markdown-issue/monitoring-proposal.md"),
  );
  expect(
    objects
      .flatMap((it) => it.maps)
      .map((it) => [
        it.name,
        it.definition.keySize,
        it.definition.valueSize,
        it.definition.maxEntries,
        it.unknown,
      ]),
  ).toEqual([
    ["km_call_times", 8, 24, 1024, undefined],
    ["km_call_events", 0, 0, Number.NaN, { maxEntries: "RINGBUF_SIZE is not defined in the text" }],
  ]);
  expect(metrics).toHaveLength(10);
  expect(sources[0]?.diagnostics.map((it) => it.code)).toEqual(["image-only"]);
});

test("maps that a macro makes are told of", async () => {
  const text = `#define MAP(n) struct { ${HASH} } n SEC(".maps")\nMAP(a);\n${map(HASH)}`;
  const { sources } = await readOne(text);
  expect(sources[0]?.diagnostics.map((it) => it.message)).toEqual([
    "the maps that the macro MAP() makes are not read",
  ]);
});

test("any cut keeps the maps before it, and nothing hangs", async () => {
  const bytes = fixture("c-map-definitions/layouts.bpf.c");
  for (let end = 0; end < bytes.length; end += 31) {
    await expect(readTexts({ x: bytes.slice(0, end) })).resolves.toBeDefined();
  }
  expect(mapsOf(`${map(HASH)}\nstruct {`).map((it) => it.name)).toEqual(["m"]);
  expect(mapsOf(`${"struct a { ".repeat(100_000)} ${map(HASH)}`)).toEqual([]);
  expect(mapsOf("__type(x, ".repeat(50_000) + ' SEC(".maps") '.repeat(5000))).toEqual([]);
});
