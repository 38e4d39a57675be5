/** `mapscope schema`: prints the JSON Schema of what the tool writes. */
import type { Command } from "commander";
import { EXIT } from "../exit-codes.ts";
import { nearest } from "../nearest.ts";
import type { Context } from "../program.ts";
import { UsageError } from "../usage-error.ts";

const SCHEMAS = [
  "analysis",
  "audit",
  "capture",
  "comparison",
  "config",
  "objects",
  "simulation",
  "sizes",
] as const;
type SchemaName = (typeof SCHEMAS)[number];

const EXAMPLES = `
Examples:
  $ mapscope schema                      what analyze writes as JSON
  $ mapscope schema config               of mapscope.config.json
  $ mapscope schema sizes > sizes.schema.json

The package has them as files too: mapscope/schemas/analysis.json, ...

Exit status: 0 done, 2 there is no such schema.`;

export function defineSchema(program: Command, { io, finish }: Context): void {
  program
    .command("schema")
    .description("print the JSON Schema of what a command writes, or of the config of audit")
    .argument("[name]", SCHEMAS.join(", "), "analysis")
    .addHelpText("after", EXAMPLES)
    .action(async (name: string) => {
      if (!isSchema(name)) {
        const guess = nearest(name, SCHEMAS);
        throw new UsageError(
          `there is no schema ${name}; known: ${SCHEMAS.join(", ")}`,
          guess === undefined ? undefined : `Did you mean ${guess}?`,
        );
      }
      const { jsonSchema } = await import("../../analyze/json-schema.ts");
      io.stdout.write(`${JSON.stringify(jsonSchema(name), null, 2)}\n`);
      finish(EXIT.done);
    });
}

function isSchema(name: string): name is SchemaName {
  return SCHEMAS.some((it) => it === name);
}
