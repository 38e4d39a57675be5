/** Which words stay, which get stand-ins, and what becomes of hostile text. */
import { describe, expect, test } from "vitest";
import { StandIns } from "../../../src/ingest/redact/stand-ins.ts";
import { Words } from "../../../src/ingest/redact/words.ts";

const words = new Words(new StandIns("salt"), new Set(["kmesh_cluster"]));

test.each([
  "2008: ringbuf  name kmesh_cluster  flags 0x0",
  "key 4B  value 40B  max_entries 1  memlock 400B",
  "Remaining resources are insufficient(22956/32768), and capacity expansion is required.",
  "collect_outter_map_scaleup_slots:32767-32768-32767",
  'time="2024-10-14T07:41:25Z" level=info',
  "MemTotal:       16333340 kB",
  "6.1.19-7.0.0.17.oe2303.x86_64",
  "5.15.167.4-microsoft-standard-WSL2 5.10",
  "5m 125Mi 1m2.5s 8.18MiB 13.9% 12:30:45",
])("stays as it is: %s", (line) => {
  expect(words.text(line)).toBe(line);
});

test.each([
  ["a name", "name orders  flags 0x0", "orders"],
  ["a process", "pids billing-agent(1234)", "billing"],
  ["a path", "pinned /sys/fs/bpf/acme/orders", "acme"],
  ["an address", "dst 10.1.2.3 port 80", "10.1.2.3"],
  ["an address before a full stop", "see 10.1.2.3.", "10.1.2.3"],
  ["an address with its port", "10.1.2.3.53 > 8.8.8.8.443: UDP", "8.8.8.8"],
  ["a range of addresses", "from 10.1.2.3-10.1.2.9", "10.1.2.3"],
  ["a node named after its address", "node 10-1-2-3", "10-1-2-3"],
  ["an IPv6 address", "dst fd00:12::9", "fd00:12"],
  ["a hardware address", "lladdr 02:42:ac:11:00:02", "02:42:ac"],
  ["a kernel of one's own", "6.1.0-acme-prod", "acme"],
  ["bytes in hexadecimal", "key 0x7f 0x1a", "0x7f"],
  ["who is logged in", "[alice@build-7 ~]# bpftool map show", "alice"],
  ["a pod of a known project", "kmesh-57rbp", "57rbp"],
  ["another script", "имя служба", "служба"],
  ["Chinese outside what is read", "内存 张三", "张三"],
])("%s does not stay", (_what, line, secret) => {
  expect(words.text(line)).not.toContain(secret);
  expect(words.prose(line)).not.toContain(secret);
});

test("a table keeps its columns where there is room", () => {
  const row = "orders                            5m           125Mi";
  expect(words.text(row).indexOf("5m")).toBe(row.indexOf("5m"));
});

test("prose does not show which unknown words are alike", () => {
  expect(words.prose("acme and acme")).toBe("… and …");
});

describe("hostile text", () => {
  test.each([
    ["dashes", `a${"-".repeat(60_000)}a`],
    ["colons", "a:".repeat(30_000)],
    ["full stops", "1.".repeat(30_000)],
    ["blanks", " ".repeat(60_000)],
    ["controls", "\u0000\u001b[31m".repeat(10_000)],
    ["digits", "9".repeat(60_000)],
  ])("%s come to an end", (_what, text) => {
    expect(typeof words.text(text)).toBe("string");
    expect(typeof words.prose(text)).toBe("string");
  });
});
