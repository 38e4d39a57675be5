/** The log of a Kmesh daemon: how its map-in-map engine scaled, its mode, and the kernel it runs on. */
import type { DaemonEvent } from "../../model/daemon-event.ts";
import type { HostClaim, ScaleEvent } from "../../model/snapshot.ts";
import { parseDaemonLine } from "../daemon-lines.ts";
import { type BlockShape, type ByteSource, defineImporter, type FactSink } from "../importer.ts";
import { type Line, linesOf, placeOf } from "../lines.ts";
import { parseLogLine } from "../log-line.ts";
import { redactLines } from "../redact/lines.ts";
import { isScaleLine, parseScaleLine } from "../scale-lines.ts";

/** The image's entry point tries to install a kernel module and names the kernel's folder. */
const MODULES_FOLDER = /\/lib\/modules\/(\d+\.\d+[^/,\s"']*)[/,]/;
const MODE_FLAG = /FLAG: --mode=\\?"?([a-z][a-z-]*)/;

/** How the daemon names itself to the control plane: type, address, pod and namespace, domain. */
const OWN_NODE = /service node sidecar~[^~]*~([^.~\s]+)\./;

/** logrus, klog, and what the entry point's shell prints. */
const LOG_LINE =
  /^(?:time="|[IWEF]\d{4} |\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d|cp: |depmod: |insmod: |modprobe: |mount: )/;
const NATIVE_LINE =
  /outter_map_|inner_map_|desc\.name:|elastic scaling task|restore_by_persist|MAP_ID/;

const block: BlockShape = {
  begins(line) {
    const { text } = parseLogLine(line);
    return (
      isScaleLine(text) ||
      parseDaemonLine(text) !== undefined ||
      MODULES_FOLDER.test(text) ||
      MODE_FLAG.test(text)
    );
  },
  belongs(line) {
    const { text, at } = parseLogLine(line);
    return at !== undefined || LOG_LINE.test(text) || NATIVE_LINE.test(text);
  },
};

export const kmeshLog = defineImporter({
  id: "kmesh-log",
  title: "Kmesh daemon log",
  docs: "docs/formats/kmesh-log.md",
  priority: 71, // Told by its lines, which are in no other format.
  sniff: (head) => head.isMostly(block),
  block,
  redact: redactLines(),

  async read(source, sink) {
    const events: ScaleEvent[] = [];
    const others: DaemonEvent[] = [];
    const times = new Map<string, string>();
    // Scale lines that no line with a time came after yet.
    const untimed = new Map<string, { notAfter?: string }[]>();
    const claimed = new Set<string>();
    const pods = new Set<string>();
    const claim = (fact: HostClaim["fact"], value: string | undefined, line: Line) => {
      if (value === undefined || claimed.has(`${fact} ${value}`)) return;
      claimed.add(`${fact} ${value}`);
      sink.host({ fact, value, basis: "reported", source: placeOf(source, line) });
    };

    for await (const line of linesOf(source)) {
      const { text, pod, at } = parseLogLine(line.text);
      const daemon = pod ?? source.file;
      if (at !== undefined) times.set(daemon, at);
      const own = OWN_NODE.exec(text)?.[1];
      if (own !== undefined && pod === undefined) pods.add(own);
      claim("kernelRelease", MODULES_FOLDER.exec(text)?.[1], line);
      claim("kmeshMode", MODE_FLAG.exec(text)?.[1], line);
      const last = times.get(daemon);
      if (at !== undefined) {
        for (const event of untimed.get(daemon) ?? []) event.notAfter = at;
        untimed.delete(daemon);
      }
      const place = { daemon, source: placeOf(source, line) };
      if (!isScaleLine(text)) {
        const told = parseDaemonLine(text);
        if (told) others.push({ ...told, ...(last !== undefined && { at: last }), ...place });
        continue;
      }
      const facts = parseScaleLine(text);
      if (facts === undefined) {
        reportBroken(source, sink, line);
      } else if (at !== undefined) {
        events.push({ ...facts, at, ...place });
      } else {
        const event: ScaleEvent & { notAfter?: string } = {
          ...facts,
          ...(last !== undefined && { notBefore: last }),
          ...place,
        };
        events.push(event);
        const waiting = untimed.get(daemon);
        if (waiting === undefined) untimed.set(daemon, [event]);
        else waiting.push(event);
      }
    }
    sink.add("scaleEvents", named(events, source.file, pods));
    sink.add("daemonEvents", named(others, source.file, pods));
  },
});

/** Lines without a prefix are one daemon's, which may name itself later than it scales first. */
function named<Event extends { readonly daemon: string }>(
  events: readonly Event[],
  file: string,
  pods: ReadonlySet<string>,
): readonly Event[] {
  const [pod, another] = pods;
  if (pod === undefined || another !== undefined) return events;
  return events.map((event) => (event.daemon === file ? { ...event, daemon: pod } : event));
}

function reportBroken(source: ByteSource, sink: FactSink, line: Line) {
  sink.diagnostic({
    level: "data-loss",
    code: "skipped-record",
    file: source.file,
    offset: line.offset,
    path: `line ${line.number}`,
    message: `a scaling line is not complete: ${JSON.stringify(line.text.slice(0, 80))}`,
    hint: "Take the whole log: `kubectl logs -n kmesh-system <pod> > kmesh.log`.",
  });
}
