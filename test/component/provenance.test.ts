/** The committed component is what its sources give: checked here without a compiler, by `build.mjs --check` with one. */
import { describe, expect, test } from "vitest";
import { filesUnder, ROOT, read } from "../support/project-files.ts";

interface Provenance {
  sources: string;
  toolchain: Record<string, string>;
  files: Record<string, { bytes: number; sha256: string }>;
}

const FOLDER = "src/component/generated";
const recorded: Provenance = JSON.parse(read(`${FOLDER}/provenance.json`));
const { describeFiles, hashSources } = (await import(`${ROOT}wasm/build/provenance.mjs`)) as {
  describeFiles(folder: string): Provenance["files"];
  hashSources(folder: string): string;
};

describe("the committed component", () => {
  test("was built from the sources that lie beside it", () => {
    expect(hashSources(`${ROOT}wasm`), "run `npm run build:wasm` and commit the result").toBe(
      recorded.sources,
    );
  });

  test("is as the build left it", () => {
    expect(describeFiles(ROOT + FOLDER)).toEqual(recorded.files);
  });

  test("fits into its budget", () => {
    expect(recorded.files["parse.core.wasm"]?.bytes).toBeLessThanOrEqual(300 * 1024);
  });

  test("says nothing of the machine it was built on, and asks for nothing of Node", () => {
    for (const file of filesUnder(FOLDER)) {
      const text = read(file);
      expect(text, file).not.toMatch(/\/(home|root|work|tmp)\//);
      expect(text, file).not.toMatch(/["']node:|require\(|;base64,/);
    }
  });
});
