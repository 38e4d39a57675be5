/** Makes the page docs/commands.md: what each command's `--help` prints. */
import { generatedFrom, table } from "./markdown.mjs";

const STATUS = {
  done: "Done.",
  findings:
    "Findings at or above `--fail-on`: new ones for `compare`; for `audit` a missed budget too, which is an error.",
  usage: "Wrong use: an unknown command, option or value, or a place that cannot be written.",
  noInput: "No input could be read, or one that was named could not be opened.",
  bug: "A bug of mapscope. The stack is on standard error: please report it.",
};

/** @param createProgram as src/cli/program.ts has it @param exit its statuses by name */
export function commandsPage(createProgram, exit) {
  const { commands } = createProgram(
    contextThatWrites(() => {}),
    "",
  );
  const names = commands.map((it) => it.name());
  const statuses = Object.entries(exit).map(([name, number]) => {
    if (STATUS[name] === undefined) throw new Error(`scripts/docs/commands.mjs: status ${name}?`);
    return [number, STATUS[name]];
  });
  return `# Commands

${generatedFrom("src/cli/program.ts")}

\`mapscope <command> [inputs…]\`: each command with its options and examples, as \`mapscope <command> --help\`
prints them. Inputs are files, folders, archives or \`-\` for standard input; mapscope
recognises [their formats](formats/README.md) by content.

${names.map((name) => `- [${name}](#${name})`).join("\n")}

## Exit status

${table(["status", "meaning"], statuses)}

${names.map((name) => `## ${name}\n\n\`\`\`text\n${helpOf(createProgram, name)}\n\`\`\`\n`).join("\n")}`;
}

/** All of it: `helpInformation()` would leave out what is added after it. */
function helpOf(createProgram, name) {
  let text = "";
  const context = contextThatWrites((part) => {
    text += part;
  });
  const command = createProgram(context, "").commands.find((it) => it.name() === name);
  command.outputHelp();
  return text.trim();
}

function contextThatWrites(write) {
  return { io: { stdout: { write }, stderr: { write } }, finish: () => {} };
}
