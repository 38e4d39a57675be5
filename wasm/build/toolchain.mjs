// Which Rust builds the core module: rustup's wasm32 target where it is installed, else Debian's own toolchain.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

export const TARGET = "wasm32-unknown-unknown";

/** `{ description, cargo, args, env, prefixes, versions }`: how to call cargo, and what to record of it. */
export function findToolchain(folder) {
  return rustup(folder) ?? debian() ?? fail();
}

function rustup(folder) {
  const rustc = "rustc";
  const sysroot = run(rustc, ["--print", "sysroot"], folder);
  if (!sysroot || !existsSync(join(sysroot, "lib/rustlib", TARGET, "lib"))) return undefined;
  // A toolchain that lies in a distribution's own folders has its sources there too.
  return {
    description: `rustup's ${TARGET} target, ${run(rustc, ["--version"], folder)}`,
    cargo: "cargo",
    args: [],
    flags: [],
    env: {},
    prefixes: [[sysroot, "/rust"]],
    versions: { kind: "rustup", rustc: run(rustc, ["--version"], folder), linker: "rust-lld" },
  };
}

/** Debian has no `std` for a bare wasm32, but its sources: it is built along, which needs an unstable option. */
function debian() {
  const rustc = "/usr/bin/rustc";
  const linker = newestLinker();
  if (!existsSync(rustc) || !existsSync("/usr/bin/cargo") || !linker) return undefined;
  const version = run(rustc, ["--version"]);
  const sources = join(run(rustc, ["--print", "sysroot"]), "lib/rustlib/src/rust/library");
  if (!existsSync(sources)) return undefined;
  return {
    description: `Debian's ${version} with ${linker}, the standard library built along`,
    cargo: "/usr/bin/cargo",
    args: ["-Zbuild-std=std", "-Zbuild-std-features=optimize_for_size"],
    // A panic is a trap either way; this leaves out what would format its message.
    flags: ["-Zunstable-options", "-Cpanic=immediate-abort"],
    env: {
      RUSTC: rustc,
      RUSTC_BOOTSTRAP: "1",
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: linker,
    },
    prefixes: [
      [sources, "/rust"],
      [`/usr/src/rustc-${version.split(" ")[1]}/library`, "/rust"],
    ],
    versions: { kind: "debian", rustc: version, linker: run(linker, ["--version"]) },
  };
}

function newestLinker() {
  const found = readdirSync("/usr/bin").filter((name) => /^wasm-ld(-\d+)?$/.test(name));
  const number = (name) => Number(name.split("-")[2] ?? 0);
  return found.sort((a, b) => number(b) - number(a))[0];
}

function run(command, args, cwd) {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}

function fail() {
  throw new Error(
    `no Rust for ${TARGET}: run \`rustup target add ${TARGET}\`, ` +
      "or on Debian `apt-get install rustc-web cargo-web rust-web-src lld-19`",
  );
}
