/** Releases and modes are told from names, definitions and counts, and only where they are proved. */
import { expect, test } from "vitest";
import { catalogues } from "../../src/model/catalogue/index.ts";
import { identify, type SeenMaps } from "../../src/model/identify.ts";
import { kernelName } from "../../src/model/kernel-name.ts";

const kmesh = catalogues[0];
if (kmesh === undefined) throw new Error("no catalogue");

function mapsOf(version: string, mode: string) {
  const maps = kmesh?.releases
    .find((it) => it.version === version)
    ?.modes.find((it) => it.mode === mode)?.maps;
  if (maps === undefined) throw new Error(`${version} ${mode}`);
  return maps.filter((it) => it.copies !== undefined);
}

/** What `map show` lists of `sets` daemons of that release. */
function listed(version: string, mode: string, sets = 1): SeenMaps[] {
  return mapsOf(version, mode).map(({ definition, copies = 0 }) => ({
    name: kernelName(definition.name ?? ""),
    count: copies * sets,
    definition,
  }));
}

/** The same by name only, as the grouped sums have it. */
function summarised(version: string, mode: string, sets = 1): SeenMaps[] {
  const counts = new Map<string, number>();
  for (const { name, count } of listed(version, mode, sets)) {
    counts.set(name ?? "", (counts.get(name ?? "") ?? 0) + count);
  }
  return [...counts].map(([name, count]) => ({ name, count, definition: undefined }));
}

const every = kmesh.releases.flatMap(({ version, modes }) =>
  modes.map(({ mode }) => [version, mode] as const),
);

test.each(every)("%s %s is told from its own listing, twice over", (version, mode) => {
  const found = identify(listed(version, mode, 2), kmesh);
  expect(found?.version.split(", ")).toContain(version);
  expect(found?.mode.split(", ")).toContain(mode);
  expect(found?.instances).toBe(2);
  // Releases with the same maps cannot be told apart, and then it is not certain.
  expect(found?.confidence).toBe(found?.version.includes(",") ? "medium" : "certain");
});

test("names and counts alone tell v0.5.0 kernel-native enhanced, with less confidence", () => {
  const found = identify(summarised("v0.5.0", "kernel-native enhanced", 2), kmesh);
  expect(found).toMatchObject({
    version: "v0.5.0",
    mode: "kernel-native enhanced",
    instances: 2,
    confidence: "high",
  });
});

test("a foreign map, or a third map of a common name, does not change the answer", () => {
  const seen = summarised("v0.5.0", "kernel-native enhanced", 2).map((it) =>
    it.name === ".rodata" ? { ...it, count: it.count + 2 } : it,
  );
  const found = identify([...seen, { name: "containers", count: 2, definition: undefined }], kmesh);
  expect(found).toMatchObject({ version: "v0.5.0", instances: 2, confidence: "high" });
});

test("a few common names are not enough", () => {
  const seen = listed("v0.5.0", "kernel-native enhanced").filter((it) =>
    ["tmp_buf", "inner_map"].includes(it.name ?? ""),
  );
  expect(identify(seen, kmesh)).toBeUndefined();
  expect(identify([], kmesh)).toBeUndefined();
});

test("a map with another size than the release has makes the answer less certain", () => {
  const seen = listed("v0.5.0", "kernel-native enhanced").map((it) =>
    it.name === "kmesh_cluster" && it.definition !== undefined
      ? { ...it, definition: { ...it.definition, maxEntries: 99 } }
      : it,
  );
  const found = identify(seen, kmesh);
  expect(found?.version).toBe("v0.5.0");
  expect(found?.confidence).toBe("medium");
  expect(found?.evidence).toContain("1 differ");
});
