/** What the allocators make of a request, by the sizes of kmalloc_info[] and __bpf_map_area_alloc(). */
import { describe, expect, test } from "vitest";
import {
  area,
  areaBytes,
  kmalloc,
  pages,
  percpu,
  slabBytes,
  vmalloc,
} from "../../src/model/allocators.ts";
import { hostOf } from "./measured.ts";

const PAGE = 4096;

test.each([
  [1, 8],
  [8, 8],
  [65, 96],
  [97, 128],
  [129, 192],
  [193, 256],
  [513, 1024],
  [8192, 8192],
  [8193, 16_384],
  [16_385, 32_768],
])("kmalloc(%i) takes %i B", (size, taken) => {
  expect(slabBytes(size, PAGE)).toBe(taken);
});

test.each([
  [8192, 8192],
  [32_768, 32_768],
  [32_769, 36_864],
  [131_328, 135_168],
])("a map area of %i B takes %i B", (size, taken) => {
  expect(areaBytes(size, PAGE)).toBe(taken);
});

describe("who is charged", () => {
  const request = (bytes: number) => ({ name: "x", size: { bytes, text: "x" }, source: "x" });

  test("a slab object has an owner pointer since 5.11, and no owner before", () => {
    expect(kmalloc(hostOf("6.18", 2), request(100))).toMatchObject({
      bytes: 100,
      residentBytes: 136,
      chargedBytes: 136,
    });
    expect(kmalloc(hostOf("5.10", 2), request(100))).toMatchObject({
      residentBytes: 128,
      chargedBytes: 0,
    });
    expect(kmalloc(hostOf("6.18", 2), request(100), false)).toMatchObject({
      residentBytes: 128,
      chargedBytes: 0,
    });
  });

  test("whole pages have no owner pointer", () => {
    expect(area(hostOf("6.18", 2), request(10_000))).toMatchObject({
      residentBytes: 16_384,
      chargedBytes: 16_384,
    });
  });

  test("a mapped area also takes page pointers and its own description, charged to nobody", () => {
    const { residentBytes, chargedBytes } = vmalloc(hostOf("6.18", 2), request(8192));
    expect(chargedBytes).toBe(8192);
    expect(residentBytes).toBe(8192 + 16 + 168);
  });

  test("pages of a ring are charged one by one", () => {
    expect(pages(hostOf("6.18", 2), request(12_288))).toMatchObject({
      residentBytes: 12_288,
      chargedBytes: 12_288,
    });
  });

  test.each([
    ["6.18", "map", 0],
    ["6.18", "owner", 4 * 64 + 128],
    ["6.18", "nobody", 0],
    ["5.15", "map", 4 * 64 + 128],
    ["5.10", "map", 0],
  ] as const)(
    "per-CPU memory on %s paid by %s: %i B of 64 B on 4 CPUs",
    (kernel, payer, charged) => {
      const component = percpu(hostOf(kernel, 4), request(64), payer);
      expect(component).toMatchObject({ bytes: 256, chargedBytes: charged });
      // Two owner bytes for each byte, once and not for each CPU, since chunks of both kinds are one (5.14).
      expect(component.residentBytes).toBe(kernel === "5.10" ? 256 : 256 + 128);
    },
  );
});
