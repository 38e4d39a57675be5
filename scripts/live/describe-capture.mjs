// What is known of a capture from the scenario that made it (not from the files that tests will read): the maps,
// the entries put in, the steps of the scaler, the command behind each file.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Steps and figures that scenario.sh's scale_history_before and scale_history_after put in. */
const SCALER = {
  note: "the steps of Kmesh v0.5.0 (32,768 up, 8,192 in) divided by 128; the outer map has its full size",
  stepUp: 256,
  stepIn: 64,
  before: { claimedSlots: 256, usedSlots: 96, liveInnerMaps: 254, stepsUp: 2, stepsIn: 4 },
  after: { claimedSlots: 512, usedSlots: 180, liveInnerMaps: 509, stepsUp: 3, stepsIn: 4 },
};

/** Reads commands.tsv and facts.tsv of `saved`; paths in the result begin with `folder`. */
export function describeCapture(saved, folder, scenario) {
  const text = (name) => readFileSync(join(saved, name), "utf8");
  const kernel = text("uname.txt").split(" ")[1];
  const [tool, version] = text("bpftool-version.txt").split("\n")[0].split(" v");
  const possibleCpus = countCpus(text("possible.txt"));
  const facts = lines(text("facts.tsv")).map(([snapshot, id, pin, type, entries]) => {
    const map = { snapshot, id: Number(id), pin, type };
    return entries === "-" ? map : { ...map, entries: Number(entries) };
  });
  const capture = {
    folder,
    scenario: `scripts/live/${scenario}.sh`,
    kernel,
    possibleCpus,
    tool: { name: tool, version },
    ...(scenario === "head" ? {} : { scaler: SCALER }),
    maps: facts,
  };
  const files = lines(text("commands.tsv")).map(([path, format, command]) => ({
    path: `${folder}/${path}`,
    format,
    tool: { name: command.split(" ")[0], ...(command.startsWith("bpftool") ? { version } : {}) },
    kernel,
    command,
    ...known(path, command, facts),
  }));
  files.push({
    path: `${folder}/struct-sizes.json`,
    format: "struct-sizes",
    tool: { name: tool, version },
    kernel,
    command: "bpftool btf dump file /sys/kernel/btf/vmlinux",
  });
  return { capture, files };
}

/** The map that a single dump is of, and what was put into it. */
function known(path, command, facts) {
  const pin = /map dump pinned \S*\/([^/ ]+)$/.exec(command)?.[1];
  const fact = facts.find((it) => it.pin === pin && path.startsWith(`${it.snapshot}/`));
  if (!fact) return {};
  const { snapshot: _, ...map } = fact;
  return { known: map };
}

function lines(tsv) {
  return tsv
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split("\t"));
}

/** `0-7` or `0-3,8-11`. */
function countCpus(list) {
  return list
    .trim()
    .split(",")
    .reduce((total, range) => {
      const [first, last = first] = range.split("-").map(Number);
      return total + last - first + 1;
    }, 0);
}
