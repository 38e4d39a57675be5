/**
 * `npm run lock`: gives both lock files (wasm/ has one of its own) an entry for every optional dependency that `npm install`
 * left out because the registry it asked does not carry that platform's package. Without them
 * `npm ci` calls the lock file out of step, on every platform. Run it after each `npm install`.
 *
 * Such an entry has no integrity hash: it is not installed here, and npm checks it where it is.
 */
import { readFile, writeFile } from "node:fs/promises";

for (const path of ["package-lock.json", "wasm/package-lock.json"]) {
  const file = new URL(`../${path}`, import.meta.url);
  const lock = JSON.parse(await readFile(file, "utf8"));
  const added = complete(lock.packages);
  if (added.length > 0) await writeFile(file, `${JSON.stringify(sorted(lock), null, 2)}\n`);
  console.log([`${path}: ${added.length} entries added`, ...added].join("\n  "));
}

/** Adds what is missing and tells what it was. */
function complete(packages) {
  const added = [];
  for (const [from, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const found = resolve(packages, from, name);
      if (found?.version === version || (found && !isExact(version))) continue;
      if (!isExact(version)) throw new Error(`${name}: ${version} is not one version`);
      // Beside the others, or below its parent where another version has that place.
      const path = `${found ? `${from}/` : ""}node_modules/${name}`;
      packages[path] = { version, ...platformOf(name), dev: true, optional: true };
      added.push(`${path} ${version}`);
    }
  }
  return added;
}

function sorted(lock) {
  const entries = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  return { ...lock, packages: Object.fromEntries(entries) };
}

/** As Node resolves it: in the package's own node_modules, or in one further up. */
function resolve(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf("node_modules/"))) {
    const prefix = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
    const entry = packages[`${prefix}node_modules/${name}`];
    if (entry !== undefined || folder === "") return entry;
  }
}

function isExact(version) {
  return /^\d+\.\d+\.\d+$/.test(version);
}

/** What the package's own package.json says, read off its name: `…-linux-x64-musl`. */
function platformOf(name) {
  const platform = /-(android|darwin|freebsd|linux|openharmony|win32)-(\w+?)(?:-(\w+))?$/.exec(
    name,
  );
  if (name.endsWith("-wasm32-wasi")) return { cpu: ["wasm32"] };
  if (platform === null) throw new Error(`cannot tell the platform of ${name}`);
  const [, os, cpu, abi = ""] = platform;
  if (os !== "linux") return { cpu: [cpu], os: [os] };
  // Packages without an ABI in their name are for glibc where a musl twin exists beside them.
  return { cpu: [cpu], libc: [abi.startsWith("musl") ? "musl" : "glibc"], os: [os] };
}
