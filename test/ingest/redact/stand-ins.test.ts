/** What stands in place of names, ids, addresses and entries. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EntryBytes } from "../../../src/ingest/redact/entry-bytes.ts";
import { sipHash } from "../../../src/ingest/redact/sip-hash.ts";
import { StandIns } from "../../../src/ingest/redact/stand-ins.ts";

/** Vectors of the reference implementation (vectors_sip64 in github.com/veorq/SipHash): key 00 01 … 0f, input 00 01 …. */
test.each([
  [0, "726fdb47dd0e0e31"],
  [1, "74f839c593dc67fd"],
  [7, "ab0200f58b01d137"],
  [8, "93f5f5799a932462"],
  [15, "a129ca6149be45e5"],
])("the keyed hash of %i bytes is that of the reference", (length, expected) => {
  const key = [0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c] as const;
  const bytes = Uint8Array.from({ length }, (_, index) => index);
  expect(
    sipHash(key, bytes)
      .map((it) => it.toString(16).padStart(8, "0"))
      .join(""),
  ).toBe(expected);
});

describe("a name", () => {
  const standIns = new StandIns("salt");

  test("has the same stand-in everywhere, and another with another salt", () => {
    expect(new StandIns("salt").name("orders")).toBe(standIns.name("orders"));
    expect(new StandIns("other").name("orders")).not.toBe(standIns.name("orders"));
    expect(standIns.name("orders2")).not.toBe(standIns.name("orders"));
  });

  test("that the kernel cut is still the beginning of the whole one", () => {
    const whole = standIns.name("payments_by_account");
    expect(standIns.name("payments_by_account".slice(0, 15))).toBe(whole.slice(0, 15));
    expect(standIns.name("payments_by_amount")).not.toBe(whole);
  });

  test("does not show how long it was, below the kernel's limit", () => {
    expect(standIns.name("a")).toHaveLength(11);
    expect(standIns.name("fourteen_chars")).toHaveLength(11);
  });
});

test("a shortened id is still the beginning of the whole one, with dashes or underscores", () => {
  const standIns = new StandIns("salt");
  const whole = standIns.id("a3f70e49d6c150de7628b21c");
  expect(standIns.id("a3f70e49d6c15")).toBe(whole.slice(0, 13));
  const uid = "ba3213c0-2204-4641-a3e8-b2bd2a178684";
  expect(standIns.id(uid.replaceAll("-", "_"))).toBe(standIns.id(uid).replaceAll("-", "_"));
});

test("addresses are of ranges that no host has", () => {
  const standIns = new StandIns("salt");
  const [first] = standIns.ipv4("10.0.0.1").split(".").map(Number);
  expect(first).toBeGreaterThanOrEqual(240);
  expect(standIns.ipv6("fe80::1")).toMatch(/^2001:db8::/);
});

describe("bytes of an entry", () => {
  const entries = new EntryBytes(new StandIns("salt"));
  const replaced = (bytes: Uint8Array) => {
    const copy = bytes.slice();
    entries.replace(copy);
    return copy;
  };

  test("keep their zeros, and their difference from others", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (a, b) => {
        const [left, right] = [replaced(a), replaced(b)];
        expect(Array.from(left, (byte) => byte === 0)).toEqual(Array.from(a, (byte) => byte === 0));
        expect(left.join() === right.join()).toBe(a.join() === b.join());
      }),
    );
  });

  test("of two that are not zero never give the same twice", () => {
    const seen = new Set<string>();
    for (let value = 0; value < 65_536; value += 1) {
      seen.add(replaced(Uint8Array.of(value & 255, value >> 8)).join());
    }
    expect(seen.size).toBe(65_536);
  });

  test("all change when one does: a common beginning is not to be seen", () => {
    const [a, b] = ["10.0.0.1 web", "10.0.0.2 web"].map((it) => replaced(Buffer.from(it)));
    const same = [...(a as Uint8Array)].filter((byte, at) => byte === b?.[at]);
    expect(same.length).toBeLessThan(4);
  });

  test("that refer to entries keep numbers of slots, and no text", () => {
    const value = Buffer.concat([
      Buffer.of(0x39, 5, 0, 0, 0, 0, 0, 0),
      Buffer.from("outbound|80\0\0\0\0\0"),
      Buffer.of(10, 96, 0, 10, 0, 0, 0, 0),
    ]);
    const copy = new Uint8Array(value);
    entries.replaceAround(copy);
    expect([...copy.subarray(0, 8)]).toEqual([0x39, 5, 0, 0, 0, 0, 0, 0]);
    expect(Buffer.from(copy).toString("latin1")).not.toMatch(/outb|ound|\|80/);
    expect([...copy.subarray(24, 28)]).not.toEqual([10, 96, 0, 10]);
  });
});
