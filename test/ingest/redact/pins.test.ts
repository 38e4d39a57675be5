/** A copy of a list of a BPF file system has as many pins as the original, whichever tool wrote it. */
import { expect, test } from "vitest";
import { filesUnder, readBytes } from "../../support/project-files.ts";
import { readTexts } from "../read.ts";
import { redactFiles } from "./redact-files.ts";

const lists = filesUnder("fixtures/bpffs-list").filter((it) => it.endsWith(".txt"));

const pinsOf = async (bytes: Uint8Array) => {
  const { snapshots, diagnostics } = await readTexts({ "list.txt": bytes });
  return { pins: snapshots.flatMap(({ pinPaths }) => pinPaths).length, told: diagnostics.length };
};

test.each(lists)("%s", async (file) => {
  const bytes = readBytes(file);
  const { copies } = await redactFiles([["list.txt", bytes]]);
  const original = await pinsOf(bytes);
  expect(original.pins).toBeGreaterThan(0);
  expect(await pinsOf(copies[0]?.[1] ?? new Uint8Array())).toEqual(original);
});
