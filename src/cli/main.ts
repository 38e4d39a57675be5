/** The entry of the command line: hands the process's streams to `run` and sets the exit status. */
import { EXIT } from "./exit-codes.ts";
import { readVersion } from "./package-files.ts";

// A reader that has seen enough (`mapscope … | head`) closes the pipe; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  process.stderr.write(`mapscope: the output could not be written (${error.code})\n`);
  process.exit(EXIT.usage);
});

const argv = process.argv.slice(2);
try {
  process.exitCode = await start();
} catch (error) {
  console.error("mapscope: this is a bug in mapscope, not in the input; please report it");
  console.error(error);
  process.exitCode = EXIT.bug;
}

async function start(): Promise<number> {
  // Asked for by scripts, and answered without loading the rest.
  if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
    process.stdout.write(`${await readVersion()}\n`);
    return EXIT.done;
  }
  const { run } = await import("./program.ts");
  return run(argv, {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    cwd: process.cwd(),
    env: process.env,
    untilInterrupted: () =>
      new Promise((done) => {
        for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
      }),
  });
}
