/**
 * Transcripts in Markdown that are what the tool prints: in a block marked `console`, each line `$ mapscope …` (or
 * `$ npx mapscope …`) is run, and what stands below it is an excerpt of what it prints. The commands of a page run one
 * after the other in a scratch folder that has the project's `fixtures` and `examples`, so one may write a file
 * (`> name`) that a later one reads. `$ echo $?` shows the status of the command before; without it that must be 0.
 */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { excerptProblem, renewedExcerpt } from "./excerpt.ts";
import { ROOT } from "./project-files.ts";
import { runWritten } from "./run-cli.ts";
import { shellCommand } from "./shell-words.ts";

const BLOCK = /(?<=^```console\n)[\s\S]*?(?=^```$)/gm;
const ASKS_STATUS = "$ echo $?";

/** A command as it is written, with its prompt, and what stands below it. */
interface Step {
  readonly prompt: string;
  readonly excerpt: readonly string[];
}

interface Played extends Step {
  readonly output: readonly string[];
  readonly status: number;
}

export function hasTranscript(markdown: string): boolean {
  return markdown.search(BLOCK) >= 0;
}

/** What is shown otherwise than it is printed: one text for each command. */
export async function transcriptProblems(markdown: string): Promise<string[]> {
  const played = await play(markdown);
  return played.flatMap(({ prompt, excerpt, output, status }, index) => {
    const isAsked = played[index + 1]?.prompt === ASKS_STATUS;
    const problem = excerptProblem(excerpt, output);
    if (problem !== undefined) return [`${prompt}\n${problem}`];
    return status === 0 || isAsked || prompt === ASKS_STATUS
      ? []
      : [`${prompt}\nends with ${status}, which no "${ASKS_STATUS}" below it shows`];
  });
}

export async function withTranscripts(markdown: string): Promise<string> {
  const played = await play(markdown);
  return markdown.replace(BLOCK, (block) =>
    stepsOf(block)
      .map(({ prompt, excerpt }) => {
        const output = played.shift()?.output ?? [];
        const lines = renewedExcerpt(excerpt, output);
        return [prompt, ...(lines.length === 1 && lines[0] === "" ? [] : lines)].join("\n");
      })
      .map((text) => `${text}\n`)
      .join(""),
  );
}

async function play(markdown: string): Promise<Played[]> {
  const folder = mkdtempSync(join(tmpdir(), "mapscope-transcript-"));
  try {
    for (const name of ["examples", "fixtures"]) symlinkSync(ROOT + name, join(folder, name));
    const played: Played[] = [];
    for (const step of [...markdown.matchAll(BLOCK)].flatMap(([block]) => stepsOf(block))) {
      const before = played.at(-1)?.status ?? 0;
      const { text, status } =
        step.prompt === ASKS_STATUS
          ? { text: `${before}`, status: 0 }
          : await runIn(folder, step.prompt);
      const output = text === "" ? [] : text.trimEnd().split("\n");
      played.push({ ...step, output, status });
    }
    return played;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runIn(folder: string, prompt: string) {
  const { words, into } = shellCommand(prompt.slice("$ ".length), folder);
  if (words[0] === "npx") words.shift();
  if (words.shift() !== "mapscope") throw new Error(`${prompt}: not a command of mapscope`);
  const { status, stdout, stderr, both } = await runWritten(words, folder);
  const text = Buffer.concat(into === undefined ? both : stderr).toString();
  if (into !== undefined) writeFileSync(join(folder, into), Buffer.concat(stdout));
  return { status, text };
}

function stepsOf(block: string): Step[] {
  const steps: { prompt: string; excerpt: string[] }[] = [];
  let isContinued = false;
  for (const line of block.trimEnd().split("\n")) {
    const step = steps.at(-1);
    if (isContinued && step !== undefined) step.prompt += `\n${line}`;
    else if (line.startsWith("$ ")) steps.push({ prompt: line, excerpt: [] });
    else if (step === undefined) throw new Error(`"${line}" stands below no command`);
    else step.excerpt.push(line);
    isContinued = line.endsWith("\\") && (isContinued || line.startsWith("$ "));
  }
  return steps;
}
