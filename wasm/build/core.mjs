// Calls cargo so that the same sources give the same bytes from any folder.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { TARGET } from "./toolchain.mjs";

/** Builds the core module and gives its bytes. */
export function buildCore(folder, toolchain) {
  const targetFolder = process.env.CARGO_TARGET_DIR ?? join(folder, "target");
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  // Paths end up in panic messages: the folders of this machine are taken out of them.
  const prefixes = [...toolchain.prefixes, [cargoHome, "/cargo"], [dirname(folder), "/mapscope"]];
  const flags = [
    "-Ctarget-feature=+simd128",
    ...toolchain.flags,
    ...prefixes.map(([from, to]) => `--remap-path-prefix=${from}=${to}`),
  ];
  const args = [
    "build",
    "--release",
    "--locked",
    ...["--package", "mapscope-component"],
    ...["--target", TARGET, "--target-dir", targetFolder],
    ...toolchain.args,
  ];
  const environment = { ...process.env, ...toolchain.env };
  delete environment.RUSTFLAGS;
  environment.CARGO_ENCODED_RUSTFLAGS = flags.join("\u001f");
  const { status, error } = spawnSync(toolchain.cargo, args, {
    cwd: folder,
    env: environment,
    stdio: "inherit",
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`cargo ended with status ${status}`);
  return readFileSync(join(targetFolder, TARGET, "release/mapscope_component.wasm"));
}
