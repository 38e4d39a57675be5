/** Types written as C, compiled and read again: what was a place of a member must be its place still. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Btf } from "../../src/btf/btf.ts";
import { layoutOf } from "../../src/btf/layout.ts";
import type { Parser } from "../../src/btf/parser.ts";

/** Of one struct with those inside: what comes after is compared where it stands by itself. */
const MOST_MEMBERS = 256;

/** The compiler that is installed, if any. */
export const CLANG = ["clang-19", "clang"].find((it) => spawnSync(it, ["--version"]).status === 0);

/** Structs and unions whose name no other type has: C knows them by their name. */
export function structNames(btf: Btf): string[] {
  const found: string[] = [];
  for (const type of btf.types()) {
    if (type.kind !== "struct" && type.kind !== "union") continue;
    const { name, size } = type;
    if (name !== "" && size > 0 && tagsOf(btf, name) === 1) found.push(name);
  }
  return found;
}

function tagsOf(btf: Btf, name: string): number {
  const tags = ["struct", "union", "enum", "enum64"];
  return btf.findIds(name).filter((id) => tags.includes(btf.kind(id) ?? "")).length;
}

/** Names, places and sizes of all members, nested ones too, without fillers. */
export function placesOf(btf: Btf, name: string) {
  const id = (btf.find(name, "struct") ?? btf.find(name, "union"))?.id ?? -1;
  const layout = layoutOf(btf, id, { mostMembers: MOST_MEMBERS });
  const members = layout?.members
    .filter((it) => !it.name.startsWith("__padding"))
    .map((it) => [it.name, it.bitOffset, it.bitSize, it.depth]);
  return { size: layout?.size, members };
}

/**
 * What clang's BTF says of C: each struct is used, as unused ones are left out. clang's time grows with the square of what
 * is used: of many, a part at a time.
 */
export function compiled(
  text: string,
  structs: readonly string[],
  { parseBtf }: Pick<Parser, "parseBtf">,
): Btf {
  const folder = mkdtempSync(join(tmpdir(), "mapscope-c-"));
  try {
    const unions = new Set([...text.matchAll(/^union (\w+) \{/gm)].map((it) => it[1]));
    const uses = structs.map(
      (name, index) => `${unions.has(name) ? "union" : "struct"} ${name} *use_${index};`,
    );
    writeFileSync(join(folder, "types.c"), `${text}\n${uses.join("\n")}\n`);
    const flags = ["-target", "bpfel", "-g", "-w", "-c", "types.c", "-o", "types.o"];
    execFileSync(CLANG ?? "clang", flags, { cwd: folder, stdio: "pipe" });
    return parseBtf(readFileSync(join(folder, "types.o")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
