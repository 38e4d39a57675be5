/** No name, address, key or value of the original is in its copy. */
import { describe, expect, test } from "vitest";
import { publicNames } from "../../../src/ingest/redact/known-names.ts";
import { filesUnder, readBytes } from "../../support/project-files.ts";
import { redactFiles } from "./redact-files.ts";

const files = filesUnder("fixtures").filter(
  (path) =>
    /\.(?:json|txt|log|md|yaml)$/.test(path) &&
    !/manifest|ground-truth|refusals|true-cost/.test(path),
);

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
/** Keys of JSON are the tool's own; those of decoded values are among the secrets below. */
const tokens = (text: string) =>
  new Set(text.replace(/"[\w.]+"\s*:/g, "").match(/[A-Za-z0-9_][A-Za-z0-9_.-]{3,}/g) ?? []);
/** Numbers, times and hexadecimal bytes are told apart from names below. */
const isNumber = (token: string) => /^[\d.:TZ+-]+$/.test(token) || /^0x[0-9a-f]{1,8}$/.test(token);
/** With full stops or dashes; the four numbers within a kernel's release are none. */
const addressesOf = (text: string) =>
  new Set(
    text.match(
      /(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?!\w|[.-]\w)|(?<![\w-])\d{1,3}(?:-\d{1,3}){3}(?![\w-])/g,
    ),
  );

/** Kmesh's stores: values that are nothing but numbers of slots stay. */
const isOnlySlots = (entry: string) =>
  (entry.match(/(?:\S\S ?){1,4}/g) ?? []).every((word) =>
    /^\S\S(?: \S\S(?: 0\S(?: 00)?)?)? ?$/.test(word),
  );

/** Ends of the names of data sections, a heading, the modes of `ls -l` behind the type of a file, and what a narrow column leaves of names in the catalogue. */
const isPublic = (token: string) =>
  token === "rodata" ||
  token === "RELCPU" ||
  /^(?:[-r][-w][-x]){3}$/.test(token) ||
  (token.length >= 8 && [...publicNames()].some((it) => it.startsWith(token)));

/** `["0x01","0x00"]` and `01 00`, at least three bytes of them not zero, so that chance cannot make one. */
function entriesOf(text: string): Set<string> {
  const lists = [
    ...(text.match(/\[\s*"0x[0-9a-f]{2}"(?:,\s*"0x[0-9a-f]{2}")*\s*\]/g) ?? []),
    ...(text.match(
      /(?<=(?:key|value(?: \(CPU \d+\))?):\s*)[0-9a-f]{2}(?:\s+[0-9a-f]{2})+(?=\s)/g,
    ) ?? []),
  ];
  const bytes = lists.map((it) => it.replace(/0x/g, "").match(/[0-9a-f]{2}/g) ?? []);
  return new Set(
    bytes.filter((it) => it.filter((byte) => byte !== "00").length >= 3).map((it) => it.join(" ")),
  );
}

describe("the copy of a fixture", () => {
  test.each(files)("%s", async (path) => {
    const original = decode(readBytes(path));
    const { copies, redaction } = await redactFiles([
      [path.replace("fixtures/", ""), readBytes(path)],
    ]);
    const copy = copies.map(([name, bytes]) => `${name}\n${decode(bytes)}`).join("\n");
    const kept = [...tokens(original)].filter((it) => !isNumber(it) && tokens(copy).has(it));
    const parts = (token: string) => token.split(/[.-]/);
    const unknown = kept.filter(
      (it) =>
        !isPublic(it) &&
        !redaction.words.isKnown(it) &&
        !parts(it).every(
          (part) =>
            part === "" ||
            isNumber(part) ||
            redaction.words.isKnown(part) ||
            /^[a-z]{1,3}\d+$/.test(part),
        ),
    );
    expect(unknown).toEqual([]);
    const addresses = addressesOf(copy);
    expect([...addressesOf(original)].filter((it) => addresses.has(it))).toEqual([]);
    const entries = entriesOf(copy);
    expect([...entriesOf(original)].filter((it) => entries.has(it) && !isOnlySlots(it))).toEqual(
      [],
    );
  });
});

/** By hand, and not by the list of known words: what a reader of the originals would call secret. */
const SECRETS = [
  "caihcloud",
  "iperf",
  "worker-1",
  "worker-2",
  "minikube",
  "ambient-control-plane",
  "foo-service",
  "kmesh-57rbp",
  "57rbp",
  "10.244.",
  "10.96.0.10",
  "web.default",
  "service-0",
  "exec_args",
  "dns_cache",
  "node_cidrs",
  "conn_stats",
  "fortio",
  "hs8ks",
  "ba3213c0",
  "a3f70e49d6c15",
  "16839690",
  "36895",
  "coredns",
  "kmesh-xk2vd",
  "tg_stats_map",
  "trace_open",
  "mytraceopen",
  "somebody",
  "nlgwcy",
  "mapscope_find",
  "netns_cookie",
  "load_assignment",
  "BackendUid",
  "KOO5S4vxi0o",
  "hff",
];

describe("what a reader would call secret", () => {
  test.each(SECRETS)("%s is in an original and in no copy", async (secret) => {
    const holding = files.filter((path) => decode(readBytes(path)).includes(secret));
    expect(holding.length).toBeGreaterThan(0);
    for (const path of holding) {
      const { copies } = await redactFiles([[path, readBytes(path)]]);
      for (const [name, bytes] of copies) expect(`${name}\n${decode(bytes)}`).not.toContain(secret);
    }
  });
});
