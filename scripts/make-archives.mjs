#!/usr/bin/env node
// Packs captures of fixtures/ into archives, as users and as the tools of Tetragon and Cilium do:
// `node scripts/make-archives.mjs`. The same bytes every time: no clock and no owner goes into them.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzip, tar, zip } from "./archive-writers.mjs";

const fixtures = join(dirname(fileURLToPath(import.meta.url)), "../fixtures");
const read = (path) => readFileSync(join(fixtures, path));
const manifests = new Map();

/** Members as pairs of their name and the fixture that they are. */
const of = (folder, capture, files) =>
  files.map((file) => [`${folder}/${file}`, read(`${capture}/${file}`)]);

const CAPTURE = ["map-show.json", "prog-show.json", "map-dump-kmesh_manage.json"];
const before = of("capture/before", "capture-6.1/before", CAPTURE);
const after = of("capture/after", "capture-6.1/after", CAPTURE);
const host = of("capture", "capture-6.1", ["uname.txt", "possible.txt"]);
const twoTimes = [...host, ...before, ...after];

save(
  "tar",
  "two-times.tar",
  tar(twoTimes),
  "tar -cf two-times.tar capture",
  "a capture before and after a load",
);
save(
  "gzip",
  "two-times.tar.gz",
  gzip(tar(twoTimes)),
  "tar -czf two-times.tar.gz capture",
  "the same, packed",
);
save(
  "zip",
  "two-times.zip",
  zip(twoTimes),
  "zip -r two-times.zip capture",
  "the same as zip, deflated",
);
save(
  "zip",
  "streamed.zip",
  zip(before, { streamed: true }),
  "zip -r - capture | cat > streamed.zip",
  "sizes follow the content",
);
save(
  "zip",
  "stored-zip64.zip",
  zip(before, { stored: true, zip64: true }),
  "zip -0 -r -fz stored-zip64.zip capture",
  "stored, with sizes of 8 bytes",
);
save(
  "gzip",
  "map-show.json.gz",
  gzip(read("capture-6.1/before/map-show.json")),
  "gzip -k map-show.json",
  "a single file",
);

// pkg/bugtool/bugtool.go of Tetragon (main, 2026): one folder, bpftool's output under these names.
const bugtool = "tetragon-bugtool-20260110101500";
save(
  "gzip",
  "tetragon-bugtool.tar.gz",
  gzip(
    tar([
      [
        `${bugtool}/tetragon-info.json`,
        '{"export_fname":"","lib_dir":"/var/lib/tetragon/","btf_fname":"","server_address":"localhost:54321","metrics_address":":2112","gops_address":"","map_dir":"/sys/fs/bpf/tetragon","bpftool_path":"/usr/bin/bpftool","gops_path":"","pid":1}\n',
      ],
      [`${bugtool}/lib/map-in-map.o`, read("bpf-object/map-in-map.el.o")],
      [`${bugtool}/dmesg.out`, "[    0.000000] Linux version 6.1.0-56-cloud-amd64\n"],
      [`${bugtool}/tc-info.lo.ingress`, ""],
      [`${bugtool}/bpftool-maps.json`, read("capture-6.1/before/map-show.json")],
      [`${bugtool}/bpftool-progs.json`, read("capture-6.1/before/prog-show.json")],
      [
        `${bugtool}/bpftool-cgroups.json`,
        '[{"cgroup":"/sys/fs/cgroup/system.slice","programs":[{"id":5,"attach_type":"device","attach_flags":"multi","name":"sd_devices"}]}]\n',
      ],
      [
        `${bugtool}/tetragon-bugtool.log`,
        'time=2026-01-10T10:15:00.000Z level=INFO msg="saving init info"\n',
      ],
    ]),
  ),
  "tetra bugtool",
  "packed by a script after pkg/bugtool/bugtool.go of Tetragon; the maps are those of a capture",
);

// bugtool/cmd/root.go of Cilium: the output of each command in cmd/, named by the command line; the sysdump
// of cilium-cli holds one such archive for each node.
const node = (name, commands) => {
  const folder = `cilium-bugtool-20260110-101500.000-0000-UTC-${name}`;
  return [
    `cilium-sysdump-20260110-101500/cilium-bugtool-cilium-${name}-20260110-101500.tar.gz`,
    gzip(tar(commands.map(([file, text]) => [`${folder}/cmd/${file}.md`, text]))),
  ];
};
const text = (path) => read(path).toString("latin1");
const fenced = (command, output) => `# ${command}\n\n\`\`\`\n${output}\n\`\`\`\n`;
const failed = (command) => `> Error while running '${command}':  exit status 255\n\n`;
const dump = (map) => `bpftool map dump pinned /sys/fs/bpf/tc/globals/${map}`;
const fileOf = (command) => command.replaceAll("/", " ").replaceAll(" ", "-");
save(
  "zip",
  "cilium-sysdump.zip",
  zip([
    ["cilium-sysdump-20260110-101500/cilium-sysdump.log", "collecting\n"],
    node("x7k2p", [
      ["uname--a", text("capture-6.1/uname.txt")],
      ["bpftool-map-show", text("capture-6.1/before/map-show.txt")],
      ["bpftool-prog-show", text("capture-6.1/before/prog-show.txt")],
      [fileOf(dump("kmesh_listener")), text("capture-6.1/before/map-dump-kmesh_listener.txt")],
      [
        fileOf(dump("cilium_signals")),
        `Error: bpf obj get (/sys/fs/bpf/tc/globals): No such file or directory\n${failed(dump("cilium_signals"))}`,
      ],
      [
        "find--sys-fs-bpf",
        "/sys/fs/bpf\n/sys/fs/bpf/tc\n/sys/fs/bpf/tc/globals\n/sys/fs/bpf/tc/globals/map_of_router_config\n/sys/fs/bpf/tc/globals/map_of_sock_storage\n",
      ],
    ]),
    node("m4c9z", [
      ["uname--a", fenced("uname -a", text("capture-6.18/uname.txt"))],
      ["bpftool-map-show", fenced("bpftool map show", text("capture-6.18/before/map-show.txt"))],
      [
        fileOf(dump("kmesh_listener")),
        fenced(dump("kmesh_listener"), text("capture-6.18/before/map-dump-kmesh_listener.txt")),
      ],
      ["bpftool-prog-show", failed("bpftool prog show")],
    ]),
  ]),
  "cilium sysdump",
  "packed by a script after bugtool/cmd/root.go of Cilium; two nodes, one of them with Markdown on; the maps are those of captures",
);

for (const [folder, files] of manifests) {
  writeFileSync(join(fixtures, folder, "manifest.json"), `${JSON.stringify({ files }, null, 2)}\n`);
}

function save(format, name, bytes, command, notes) {
  mkdirSync(join(fixtures, format), { recursive: true });
  writeFileSync(join(fixtures, format, name), bytes);
  const files = manifests.get(format) ?? [];
  files.push({ path: name, format, tool: { name: "scripts/make-archives.mjs" }, command, notes });
  manifests.set(format, files);
}
