/** Pins without users; all three lists must be there. */
import { stalePin } from "../../../src/analyze/rules/stale-pin.ts";
import { mapTable } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const captured = { byPrograms: 0, byProcesses: 0, pinned: 1, onlyPinned: 1, byNothing: 0 };
const pins = ["/sys/fs/bpf/old/endpoint"];

ruleCases(stalePin, {
  fires: {
    "a map that only a pin keeps": [
      mapTable({ name: "endpoint", residentBytes: 2_097_152, references: { ...captured, pins } }),
      {
        severity: "warning",
        savesBytes: 2_097_152,
        message:
          "endpoint: it is pinned, but no program of the list uses it and no process holds it (2,097,152 bytes)",
        recommendation:
          "If nothing is about to start that reads it, remove the pin: `rm /sys/fs/bpf/old/endpoint`.",
      },
    ],
    "a path that a shell would take apart stays one word": [
      mapTable({
        references: { ...captured, pins: ["/sys/fs/bpf/a; reboot", "/sys/fs/bpf/it's", "/c"] },
      }),
      {
        recommendation:
          "If nothing is about to start that reads it, remove the pin: `rm '/sys/fs/bpf/a; reboot' '/sys/fs/bpf/it'\\''s'` and the others.",
      },
    ],
    "a small one is an info": [
      mapTable({ residentBytes: 4096, references: { ...captured, pins } }),
      { severity: "info" },
    ],
    "some of a family": [
      mapTable({
        count: 4,
        residentBytes: 400_000,
        references: { ...captured, onlyPinned: 2, pinned: 4 },
      }),
      { savesBytes: 200_000, evidence: { maps: 2 } },
    ],
  },
  silent: {
    "a process holds it": mapTable({ references: { ...captured, byProcesses: 1, onlyPinned: 0 } }),
    "an inner map, held by its outer map": mapTable({ role: "inner", references: captured }),
  },
  notApplicable: {
    "no program list": [
      mapTable({ references: { pinned: 1, byProcesses: 0, pins } }),
      /not all captured; capture them as root with `bpftool -f -j map show/,
    ],
    "nothing captured": [mapTable({}), /not all captured/],
  },
});
