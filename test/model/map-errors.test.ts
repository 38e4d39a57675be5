/** What is said of failing operations is what a live kernel answered (fixtures/map-errors/6.18.json). */
import { describe, expect, test } from "vitest";
import { ERRNOS, fullAnswer, MAP_ERRORS } from "../../src/model/map-errors.ts";
import { mapTypes } from "../../src/model/map-types/index.ts";
import { read } from "../support/project-files.ts";

interface Answer {
  readonly type: string | null;
  readonly operation: string;
  readonly errno: string | null;
}
const { rows } = JSON.parse(read("fixtures/map-errors/6.18.json")) as { rows: Answer[] };

const isOf = ({ types }: (typeof MAP_ERRORS)[number], type: string | null) =>
  types === "any" || (type !== null && types.includes(type));

test("every answer of the kernel is told, with its errno", () => {
  const told = (row: Answer) =>
    MAP_ERRORS.filter((it) => it.act === row.operation && isOf(it, row.type)).map((it) => it.errno);
  const wrong = rows.flatMap((row) => {
    const errnos = told(row);
    const right = row.errno === null ? errnos.length === 0 : errnos.join() === row.errno;
    return right ? [] : [{ ...row, told: errnos }];
  });
  expect(rows.length).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});

test("every row that says it was measured was", () => {
  const unmeasured = MAP_ERRORS.filter(
    (it) =>
      it.act !== undefined && !rows.some((row) => row.operation === it.act && isOf(it, row.type)),
  );
  expect(unmeasured).toEqual([]);
});

describe("a full map", () => {
  test.each([
    ["hash", "E2BIG"],
    ["lpm_trie", "ENOSPC"],
    ["queue", "E2BIG"],
    ["lru_hash", undefined],
    ["array", undefined],
  ])("%s answers %s", (type, errno) => {
    expect(fullAnswer(type)?.errno).toBe(errno);
  });
});

test("types are bpftool's words", () => {
  const known = mapTypes.map((it) => it.name);
  for (const { types } of MAP_ERRORS) {
    for (const type of types === "any" ? [] : types) expect(known).toContain(type);
  }
});

test("errno numbers are those of x86-64", () => {
  // asm-generic/errno-base.h, errno.h; ENOTSUPP is in include/linux/errno.h.
  const expected = { E2BIG: 7, ENOSPC: 28, EDEADLK: 35, EOPNOTSUPP: 95, ENOTSUPP: 524 };
  for (const [name, number] of Object.entries(expected)) {
    expect(ERRNOS[name as keyof typeof ERRNOS][0]).toBe(number);
  }
});
