// Core module -> smaller core module -> component -> ES module, with binaryen and jco; installs them beside the crates
// when they are not there yet.
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
  const load = async (name) => {
    const entry = createRequire(join(folder, "package.json")).resolve(name);
    return import(pathToFileURL(entry).href);
  };
  const { componentNew, transpile } = await load("@bytecodealliance/jco");
  const { default: binaryen } = await load("binaryen");

  const component = await componentNew(shrink(core, binaryen));
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

/** Works on the module as a whole, which the compiler has no view of: a tenth smaller, and no slower. */
function shrink(core, binaryen) {
  const { Features } = binaryen;
  const features = [
    Features.BulkMemory,
    Features.BulkMemoryOpt,
    Features.CallIndirectOverlong,
    Features.Multivalue,
    Features.MutableGlobals,
    Features.NontrappingFPToInt,
    Features.ReferenceTypes,
    Features.SignExt,
    Features.SIMD128,
  ].reduce((all, it) => all | it, 0);
  // An engine takes long to compile a large function: what the compiler kept apart, because it is called often, stays so.
  binaryen.setOneCallerInlineMaxSize(0);
  const module = binaryen.readBinaryWithFeatures(core, features);
  try {
    binaryen.setOptimizeLevel(2);
    binaryen.setShrinkLevel(1);
    module.optimize();
    return module.emitBinary();
  } finally {
    module.dispose();
  }
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
