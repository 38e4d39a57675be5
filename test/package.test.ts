/** What a user installs, and what `npm ci` rests on. */
import { describe, expect, test } from "vitest";
import { exists, read } from "./support/project-files.ts";
import { runCli } from "./support/run-cli.ts";

interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly optionalDependencies?: Record<string, string>;
}

interface Lock {
  readonly packages: Record<string, LockEntry>;
}

const manifest = JSON.parse(read("package.json"));
const lock: Lock = JSON.parse(read("package-lock.json"));
const locked = Object.entries(lock.packages).filter(([path]) => path !== "");

describe("package-lock.json", () => {
  test("is of this package.json", () => {
    const { name, version, license, bin, engines, dependencies, devDependencies } = manifest;
    expect(lock.packages[""]).toEqual({
      name,
      version,
      license,
      bin,
      engines,
      dependencies,
      devDependencies,
    });
  });

  test("installs nothing that runs a script of its own, but for optional packages", () => {
    const scripts = locked.filter(([, entry]) => entry.hasInstallScript && !entry.optional);
    expect(scripts).toEqual([]);
  });
});

describe.each(["package-lock.json", "wasm/package-lock.json"])("%s", (path) => {
  const { packages } = JSON.parse(read(path)) as Lock;

  test("carries no download addresses", () => {
    expect(Object.values(packages).filter((entry) => entry.resolved !== undefined)).toEqual([]);
  });

  // Else `npm ci` calls it out of step; `npm run lock` adds what is missing.
  test("has an entry for every platform's optional package", () => {
    const missing = Object.entries(packages).flatMap(([from, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter((it) => !resolves(packages, from, it)),
    );
    expect(missing).toEqual([]);
  });
});

describe("package.json", () => {
  test("depends only on packages whose purpose is written down", () => {
    const decision = read("docs/decisions/0002-dependencies.md");
    const undocumented = [
      ...Object.keys(manifest.dependencies),
      ...Object.keys(manifest.devDependencies),
    ].filter((name) => !decision.includes(`\`${name}\``));
    expect(undocumented).toEqual([]);
  });

  test("its component depends only on crates whose purpose is written down", () => {
    const decision = read("docs/decisions/0002-dependencies.md");
    const crates = ["component", "parser", "scan"].flatMap((folder) => {
      const [, listed = ""] = read(`wasm/${folder}/Cargo.toml`).split("[dependencies]\n");
      const names = (listed.split("\n[")[0] as string).matchAll(/^([\w-]+) = (?!.*\bpath\b)/gm);
      return [...names].map((match) => match[1] as string);
    });
    expect(crates).toContain("miniz_oxide");
    expect(crates.filter((name) => !decision.includes(`\`${name}\``))).toEqual([]);
  });

  test("gives the names that its tools use", () => {
    const used = [read("README.md"), read("CONTRIBUTING.md"), read(".ci/run")]
      .flatMap((text) => [...text.matchAll(/\bnpm run (\w+(?::\w+)*)/g)])
      .map((match) => match[1] as string);
    expect([...new Set(used)].filter((name) => !(name in manifest.scripts))).toEqual([]);
  });

  test("its scripts name files that exist", () => {
    const named = Object.values<string>(manifest.scripts).flatMap((script) =>
      [...script.matchAll(/\bnode (\S+\.mjs)/g)].map((match) => match[1] as string),
    );
    expect(named.filter((path) => !exists(path))).toEqual([]);
  });
});

describe("the documents", () => {
  test("README.md tells of every command there is, and of no other as there", async () => {
    const { stdout } = await runCli(["--help"]);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) .*\[/gm)]
      .map((match) => match[1])
      .filter((name) => name !== "help");
    const [now, later] = read("README.md").split("Not there yet");
    const untold = commands.filter((name) => !now?.includes(`mapscope ${name}`));
    expect(untold).toEqual([]);
    expect(commands.filter((name) => later?.includes(`\`${name}\``))).toEqual([]);
  });

  test("README.md has two commands that do all the set-up, each on a line by itself", () => {
    const commands = read("README.md").match(/^npm ci && .*$/gm);
    expect(commands).toHaveLength(2);
    expect(commands?.[1]).toBe("npm ci && npm test");
  });
});

/** As Node resolves it: in the package's own node_modules, or in one further up. */
function resolves(packages: Lock["packages"], from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf("node_modules/"))) {
    const prefix = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
    if (`${prefix}node_modules/${name}` in packages) return true;
    if (folder === "") return false;
  }
}
