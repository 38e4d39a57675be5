import { describe, expect, test } from "vitest";
import { seal, TAR_END, tar, tarHeader, tarMember } from "../../support/archive-writers.ts";
import { fixture } from "../read.ts";
import { mapShow, readPacked, summary } from "./archive-cases.ts";

const ONE = mapShow(1);
const TWO = mapShow(2);
const archive = (...parts: readonly Uint8Array[]) => Buffer.concat([...parts, TAR_END]);

test("a real capture before and after, packed by tar, is two snapshots with what lies beside them", async () => {
  const read = await readPacked({ "two-times.tar": fixture("tar/two-times.tar") });
  expect(read.snapshots.map(({ label, maps }) => [label, maps.rows])).toEqual([
    ["before", 279],
    ["after", 534],
  ]);
  expect(read.snapshots.map(({ host }) => host.map(({ fact }) => fact).sort())).toEqual([
    ["kernelRelease", "possibleCpus"],
    ["kernelRelease", "possibleCpus"],
  ]);
  expect(read.snapshots[0]?.sources[0]).toMatchObject({ file: "two-times.tar", format: "tar" });
});

describe("names", () => {
  test.each<[string, Uint8Array, string, string[]]>([
    [
      "a path that leads out",
      tarMember("../../etc/maps.json", ONE),
      "etc/maps.json",
      ["warning malformed"],
    ],
    ["an absolute path", tarMember("/etc/maps.json", ONE), "etc/maps.json", ["warning malformed"]],
    [
      "control characters",
      tarMember("a\u001b[2Jb\n.json", ONE),
      "a\ufffd[2Jb\ufffd.json",
      ["warning malformed"],
    ],
    ["nothing", tarMember("", ONE), "unnamed", ["warning malformed"]],
    [
      "a name by pax",
      tarMember(`${"d/".repeat(90)}maps.json`, ONE),
      `${"d/".repeat(90)}maps.json`,
      [],
    ],
    [
      "a name by GNU",
      tarMember(`${"d/".repeat(90)}maps.json`, ONE, { gnu: true }),
      `${"d/".repeat(90)}maps.json`,
      [],
    ],
  ])("%s", async (_what, member, path, codes) => {
    const read = summary(await readPacked({ "x.tar": archive(member) }));
    expect(read).toEqual({ maps: [[1]], files: ["x.tar", `x.tar!${path}`], codes });
  });

  test("a name that is there twice is two inputs, as both may matter", async () => {
    const read = await readPacked({
      "x.tar": tar([
        ["maps.json", ONE],
        ["maps.json", TWO],
      ]),
    });
    expect(summary(read).files).toEqual(["x.tar", "x.tar!maps.json", "x.tar!maps.json (2)"]);
    expect(summary(read).codes).toEqual(["info ambiguous"]);
  });
});

describe("members that are no files", () => {
  test("links, devices and pipes are left out, and counted", async () => {
    const read = await readPacked({
      "x.tar": archive(
        tarMember("link", "", { type: "2", link: "/etc/passwd" }),
        tarMember("hard", "", { type: "1", link: "maps.json" }),
        tarMember("null", "", { type: "3" }),
        tarMember("dir/", "", { type: "5" }),
        tarMember("maps.json", ONE),
      ),
    });
    expect(summary(read)).toMatchObject({ maps: [[1]], codes: ["info skipped-record"] });
    expect(read.diagnostics[0]?.message).toContain("2 links, 1 device");
  });

  test("a sparse member is not read, and the next one is", async () => {
    const sparse = tarHeader("holes.json", 1024, { type: "S", gnu: true });
    sparse[482] = 1;
    const read = await readPacked({
      "x.tar": archive(
        seal(sparse),
        Buffer.alloc(512),
        Buffer.alloc(1024, 1),
        tarMember("maps.json", ONE),
      ),
    });
    expect(summary(read)).toMatchObject({ maps: [[1]], codes: ["data-loss skipped-record"] });
    expect(read.diagnostics[0]).toMatchObject({ file: "x.tar", offset: 0, path: "holes.json" });
  });
});

describe("damage", () => {
  const first = tarMember("first/maps.json", ONE);
  const second = tarMember("second/maps.json", TWO);

  test("a broken header is passed, with what it leads, and the next member is read", async () => {
    const broken = Buffer.from(first);
    broken[130] = 0x39;
    const read = await readPacked({ "x.tar": archive(broken, second) });
    expect(summary(read)).toMatchObject({ maps: [[2]], codes: ["data-loss malformed"] });
    expect(read.diagnostics[0]).toMatchObject({ file: "x.tar", offset: 0 });
    expect(read.diagnostics[0]?.message).toContain(`${first.length} bytes`);
  });

  test("an archive that is cut inside a member keeps what stands before the cut", async () => {
    const read = await readPacked({ "x.tar": Buffer.concat([first, second.subarray(0, 600)]) });
    expect(read.diagnostics).toContainEqual(
      expect.objectContaining({
        code: "truncated",
        file: "x.tar",
        path: "second/maps.json",
        offset: first.length + 600,
      }),
    );
    expect(summary(read).maps.flat()).toContain(1);
  });

  test("one that is cut between members lacks its end mark", async () => {
    const read = await readPacked({ "x.tar": first });
    expect(summary(read)).toMatchObject({ maps: [[1]], codes: ["warning truncated"] });
  });

  test("archives one after the other are one", async () => {
    const read = await readPacked({ "x.tar": Buffer.concat([archive(first), archive(second)]) });
    expect(summary(read)).toMatchObject({ maps: [[1], [2]], codes: [] });
  });

  test("a size of many exbibytes ends with the archive", async () => {
    const huge = seal(Buffer.concat([tarHeader("maps.json", 2 ** 50)]));
    const read = await readPacked({ "x.tar": Buffer.concat([huge, Buffer.from(ONE)]) });
    expect(summary(read).maps).toEqual([[1]]);
    expect(summary(read).codes).toContain("data-loss truncated");
  });
});

describe("limits", () => {
  test("on a name's length: the member is read under its beginning", async () => {
    const read = await readPacked({ "x.tar": archive(tarMember("n".repeat(5000), ONE)) });
    expect(summary(read)).toMatchObject({ maps: [[1]], codes: ["warning over-limit"] });
  });

  test("on the number of members: the first are read, and so is the next input", async () => {
    const many = tar([
      ["a/maps.json", ONE],
      ["b.txt", "x\n"],
      ["c/maps.json", TWO],
    ]);
    const read = await readPacked({ "x.tar": many, "y.json": mapShow(3) }, { members: 2 });
    expect(read.diagnostics.filter(({ code }) => code === "over-limit")).toMatchObject([
      { file: "x.tar", offset: 2048, hint: expect.stringMatching(/\S/) },
    ]);
    expect(summary(read).maps.flat().sort()).toEqual([1, 3]);
  });

  test("on archives in archives: the innermost is left, the rest is read", async () => {
    const nested = tar([
      ["in.tar", tar([["maps.json", TWO]])],
      ["maps.json", ONE],
    ]);
    const read = await readPacked({ "x.tar": nested }, { layers: 1 });
    expect(summary(read)).toMatchObject({ maps: [[1]], codes: ["data-loss over-limit"] });
    expect(read.diagnostics[0]?.file).toBe("x.tar!in.tar");
  });
});
