// Core module -> component -> ES module, with jco; installs jco beside the crates when it is not there yet.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** Writes the generated files into `out` and gives jco's version. */
export async function toJavaScript(folder, core, out) {
  if (!existsSync(join(folder, "node_modules/@bytecodealliance/jco"))) {
    execFileSync("npm", ["ci", "--prefix", folder, "--no-audit", "--no-fund"], {
      stdio: "inherit",
    });
  }
  const entry = createRequire(join(folder, "package.json")).resolve("@bytecodealliance/jco");
  const { componentNew, transpile } = await import(pathToFileURL(entry).href);

  const component = await componentNew(core);
  const { files } = await transpile(component, {
    name: "parse",
    // The caller compiles the core module: from a file in Node, from a response or a data URL in a browser.
    instantiation: "async",
    base64Cutoff: 0,
    nodejsCompat: false,
    tlaCompat: false,
    namespacedExports: false,
  });

  rmSync(out, { recursive: true, force: true });
  const shims = [];
  for (const [name, bytes] of Object.entries(files).sort()) {
    if (/core\d+\.wasm$/.test(name)) shims.push([name, bytes]);
    else write(join(out, name), bytes);
  }
  write(join(out, "shims.js"), shimModule(shims));
  write(
    join(out, "shims.d.ts"),
    "export const shims: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;\n",
  );
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).devDependencies[
    "@bytecodealliance/jco"
  ];
}

/** The component has a few more modules of some hundred bytes that tie the big one's imports; they travel as numbers. */
function shimModule(shims) {
  const entries = shims.map(
    ([name, bytes]) => `  "${name}": new Uint8Array([${[...bytes].join(",")}]),\n`,
  );
  return `// Modules that tie the core module to its imports.\nexport const shims = {\n${entries.join("")}};\n`;
}

function write(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
