/** Known answer: a ring buffer of 262,144 on 6.1 takes 275,800 bytes and is reported as 0. */
import { hiddenRingBuffer } from "../../../src/analyze/rules/hidden-ring-buffer.ts";
import { family, mapTable, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const on = (accounting: "rounded-entries" | "per-type", facts: Parameters<typeof family>[0]) =>
  tablesOf(
    snapshot([family({ name: "events", type: "ringbuf", ...facts })], {
      host: {
        pageSize: { value: 4096, basis: "assumed", source: "" },
        accounting: { value: accounting, basis: "reported", source: "" },
      },
    }),
  );

ruleCases(hiddenRingBuffer, {
  fires: {
    "a ring buffer on 6.1": [
      on("rounded-entries", { memlockBytes: 0, preallocatedBytes: 275_800 }),
      {
        severity: "info",
        message:
          "1 map reported as 0 bytes takes 275,800 bytes by the model: events (275,800 bytes)",
      },
    ],
  },
  silent: {
    "a kernel that reports it": on("per-type", {
      memlockBytes: 275_784,
      preallocatedBytes: 275_800,
    }),
    "an empty trie, which per-type kernels report as 0": on("per-type", {
      memlockBytes: 0,
      preallocatedBytes: 1_000_000,
    }),
    "a storage of 448 bytes": on("rounded-entries", { memlockBytes: 0, preallocatedBytes: 448 }),
  },
  notApplicable: {
    "no accounting": [mapTable({ memlockBytes: 0 }), /how the kernel accounts/],
  },
});
