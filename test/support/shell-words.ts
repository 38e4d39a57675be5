/** A command line as a shell reads it, as far as the documents use one: quotes, `*` in names of files, `> file`. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

interface ShellCommand {
  readonly words: string[];
  /** The file that standard output goes to. */
  readonly into: string | undefined;
}

/** `*` is looked up in `folder`. */
export function shellCommand(line: string, folder: string): ShellCommand {
  const words: string[] = [];
  let into: string | undefined;
  let takesFile = false;
  for (const [text] of line.replaceAll("\\\n", " ").matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)) {
    const word = text.replace(/'([^']*)'|"([^"]*)"/g, (_all, single, double) => single ?? double);
    if (text === ">") takesFile = true;
    else if (takesFile) {
      into = word;
      takesFile = false;
    } else if (/[|;&<]/.test(text) && word === text)
      throw new Error(`${line}: ${text} is not known`);
    else if (text.includes("*") && word === text) words.push(...filesLike(text, folder));
    else words.push(word);
  }
  return { words, into };
}

/** As a shell, it leaves a pattern that fits nothing as it is. */
function filesLike(pattern: string, folder: string): string[] {
  const at = pattern.lastIndexOf("/") + 1;
  const [path, name] = [pattern.slice(0, at), pattern.slice(at)];
  const expression = name
    .split("*")
    .map((it) => it.replace(/[.+?^${}()[\]\\]/g, "\\$&"))
    .join(".*");
  const found = readdirSync(join(folder, path))
    .filter((it) => new RegExp(`^${expression}$`).test(it) && !it.startsWith("."))
    .sort()
    .map((it) => path + it);
  return found.length > 0 ? found : [pattern];
}
