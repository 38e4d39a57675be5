/** Runs our capture script in a folder of its own, by any shell that is here, with a bpftool that a test makes up. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./project-files.ts";

export const SCRIPT = `${ROOT}capture/mapscope-capture.sh`;

/** As a Kmesh pod, Debian and openEuler have it; a POSIX bash is what openEuler calls sh. */
const SHELLS: readonly (readonly [name: string, ...words: string[]])[] = [
  ["busybox sh", "busybox", "sh"],
  ["dash", "dash"],
  ["bash as sh", "bash", "--posix"],
  ["bash", "bash"],
];

export function shellsHere() {
  return SHELLS.filter(
    ([, program = ""]) => spawnSync(program, ["-c", "true"]).status !== undefined,
  ).filter(([, program = "", ...words]) => spawnSync(program, [...words, "-c", ":"]).status === 0);
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), "mapscope-script-"));
  readonly bin = join(this.folder, "bin");
  readonly temporary = join(this.folder, "tmp");

  constructor() {
    mkdirSync(this.bin);
    mkdirSync(this.temporary);
  }

  /** A program in the PATH of the script. */
  program(name: string, text: string): void {
    const file = join(this.bin, name);
    writeFileSync(file, text);
    chmodSync(file, 0o755);
  }

  /** Nothing but the applets of busybox and what the test made; false where there is no busybox. */
  onlyBusybox(): boolean {
    const { stdout, status } = spawnSync("busybox", ["--list"], { encoding: "utf8" });
    if (status !== 0) return false;
    const busybox = execFileSync("sh", ["-c", "command -v busybox"], { encoding: "utf8" }).trim();
    const own = new Set(readdirSync(this.bin));
    for (const applet of stdout.split("\n")) {
      if (applet !== "" && !own.has(applet)) symlinkSync(busybox, join(this.bin, applet));
    }
    return true;
  }

  run(shell: readonly string[], args: readonly string[], options: RunOptions = {}): Ran {
    const [program = "sh", ...words] = shell;
    const script = options.input === undefined ? [SCRIPT] : ["-s", "--"];
    const { status, stdout, stderr } = spawnSync(program, [...words, ...script, ...args], {
      cwd: this.folder,
      env: this.#env(options.path),
      maxBuffer: 2 ** 26,
      ...(options.input !== undefined && { input: options.input }),
    });
    return { status, stdout, stderr: stderr.toString() };
  }

  start(shell: readonly string[], args: readonly string[]): ChildProcess {
    const [program = "sh", ...words] = shell;
    return spawn(program, [...words, SCRIPT, ...args], {
      cwd: this.folder,
      env: this.#env(),
      stdio: ["ignore", "ignore", "pipe"],
    });
  }

  #env(path = `${this.bin}:${process.env.PATH}`) {
    return { PATH: path, TMPDIR: this.temporary, TEST_FOLDER: this.folder };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

interface RunOptions {
  readonly path?: string;
  /** The script's own text, where the shell is to read it from standard input. */
  readonly input?: string;
}
