/** The command line: commands, their help, and what becomes of errors. `run` returns the exit status. */
import { Command, CommanderError } from "commander";
import { defineAnalyze } from "./commands/analyze.ts";
import { defineAudit } from "./commands/audit.ts";
import { defineCapture } from "./commands/capture.ts";
import { defineCompare } from "./commands/compare.ts";
import { defineExplain } from "./commands/explain.ts";
import { defineInspect } from "./commands/inspect.ts";
import { defineRedact } from "./commands/redact.ts";
import { defineSchema } from "./commands/schema.ts";
import { defineSimulate } from "./commands/simulate.ts";
import { defineSize } from "./commands/size.ts";
import { defineView } from "./commands/view.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { readVersion } from "./package-files.ts";
import { UsageError } from "./usage-error.ts";

/** What a command is given: where to read and write, and how to say with which status it ended. */
export interface Context {
  readonly io: Io;
  readonly finish: (code: ExitCode) => void;
}

/** `argv` begins with the first argument of ours. Throws only for a bug. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let status: ExitCode = EXIT.done;
  const context: Context = {
    io,
    finish: (code) => {
      status = code;
    },
  };
  const program = createProgram(context, await readVersion(), argv[0]);
  try {
    if (argv.length === 0) {
      io.stderr.write(program.helpInformation());
      return EXIT.usage;
    }
    await program.parseAsync([...argv], { from: "user" });
    return status;
  } catch (error) {
    // Help and version end the parsing as an error with status 0; commander has written the rest.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (!(error instanceof UsageError)) throw error;
    const { usageLines } = await import("./messages.ts");
    io.stderr.write(usageLines(error));
    return EXIT.usage;
  }
}

const COMMANDS: Readonly<Record<string, (program: Command, context: Context) => void>> = {
  analyze: defineAnalyze,
  compare: defineCompare,
  inspect: defineInspect,
  audit: defineAudit,
  simulate: defineSimulate,
  size: defineSize,
  view: defineView,
  redact: defineRedact,
  explain: defineExplain,
  capture: defineCapture,
  schema: defineSchema,
};

/**
 * All commands with their options, as `npm run docs` makes docs/commands.md of them; only one when its name is given,
 * as a start need not wait for the others.
 */
export function createProgram(context: Context, version: string, name?: string): Command {
  const asked = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const program = new Command("mapscope")
    .description("Offline analyzer of eBPF map memory.")
    .version(version, "-V, --version")
    .showSuggestionAfterError()
    .showHelpAfterError("(mapscope --help lists commands and options)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.io.stdout.write(text),
      writeErr: (text) => context.io.stderr.write(text.replace(/^error: /, "mapscope: ")),
      getOutHelpWidth: () => 80,
      getErrHelpWidth: () => 80,
    })
    .addHelpText(
      "after",
      "\nStart with: mapscope analyze <file>\nNothing that is read leaves this machine.",
    );
  // Subcommands take over these settings when they are made, so they come last.
  for (const define of asked === undefined ? Object.values(COMMANDS) : [asked]) {
    define(program, context);
  }
  return program;
}
