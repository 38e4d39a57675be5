/** The licences of the packages whose code is inside a bundle: they ask to be passed on with it. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** One text for all packages that any of the modules is from, sorted by name. */
export async function licenceTexts(moduleIds) {
  const folders = new Set();
  for (const id of moduleIds) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll("\\", "/"));
    if (folder !== null) folders.add(folder[0]);
  }
  const texts = await Promise.all([...folders].map(licenceText));
  return `The code beside this file contains code of these packages.\n${texts.sort().join("")}`;
}

async function licenceText(folder) {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, "package.json"), "utf8"),
  );
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file to pass on`);
  const text = await readFile(join(folder, file), "utf8");
  return `\n${name} ${version} (${license})\n\n${text.trim()}\n`;
}
