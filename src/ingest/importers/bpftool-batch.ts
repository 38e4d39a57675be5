/** `bpftool -j batch file`: several commands and their outputs in one JSON array, whichever they are. */
import { InputError } from "../../base/input-error.ts";
import type { Problem } from "../../component/load.ts";
import { reportProblems } from "../component-scan.ts";
import { DumpValues } from "../dump-values.ts";
import { type ByteSource, defineImporter } from "../importer.ts";

const COMMAND = "bpftool -j batch file commands.txt > batch.json";

export const bpftoolBatch = defineImporter({
  id: "bpftool-batch",
  title: "bpftool batch",
  docs: "docs/formats/bpftool-batch.md",
  priority: 19, // Its two keys are in no other format, and what stands in them is of several.
  sniff: (head) => head.hasKeys("command", "output"),

  async read(source, sink) {
    const values = new DumpValues();
    const { component } = sink;
    // Each takes the outputs of its own commands and passes over the others.
    const scanners = [
      component.mapListScanner(),
      component.programListScanner(),
      component.mapDumpScanner(),
    ] as const;
    try {
      for await (const chunk of source.chunks()) {
        values.push(chunk);
        for (const scanner of scanners) inPlace(source, () => scanner.push(chunk));
      }
      const [lists, programs, dumps] = scanners;
      const list = inPlace(source, () => lists.finish());
      const programList = inPlace(source, () => programs.finish());
      const dumpList = inPlace(source, () => dumps.finish());
      const { holders, problems, complete: _, ...columns } = list;
      if (columns.rows > 0) sink.maps(columns);
      sink.add("holders", holders);
      sink.add("programs", programList.programs);
      sink.add(
        "dumps",
        dumpList.dumps.map(({ name, ...counts }) => ({
          ...counts,
          file: source.file,
          ...(name !== undefined && { name: { value: name, basis: "reported" as const } }),
        })),
      );
      sink.add("values", values.finish(source.file));
      const all = [...problems, ...programList.problems, ...dumpList.problems];
      reportProblems(once(all), source, sink, COMMAND);
    } finally {
      for (const scanner of scanners) scanner[Symbol.dispose]();
    }
  },
});

/** The scanners read the same bytes: what is damaged for one is damaged for all. */
function once(problems: readonly Problem[]): Problem[] {
  const key = ({ code, offset }: Problem) => `${code} ${offset}`;
  return [...new Map([...problems].reverse().map((it) => [key(it), it])).values()].sort(
    (a, b) => a.offset - b.offset,
  );
}

function inPlace<Result>({ file, offset }: ByteSource, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const place = { ...error.place, file, offset: offset + (error.place.offset ?? 0) };
    throw new InputError(error.code, place, error.message, error.hint);
  }
}
