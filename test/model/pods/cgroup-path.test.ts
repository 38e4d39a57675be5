/** Known answers: layouts of kubelet's two drivers, containerd, CRI-O and kata, as their reports show them. */
import { expect, test } from "vitest";
import { parseCgroupPath } from "../../../src/model/pods/cgroup-path.ts";

const UID = "ba3213c0-2204-4641-a3e8-b2bd2a178684";
const ID = "a3f70e49d6c150de7628b21c325b2bc19a3a15a0ac57b1dde6c719bea8cfa9fc";
const SLICE = `kubepods-burstable-pod${UID.replaceAll("-", "_")}.slice`;

test.each([
  ["/", { role: "root" }],
  ["/kubepods", { role: "pods" }],
  ["/kubepods/burstable", { role: "pods" }],
  ["/kubepods.slice/kubepods-besteffort.slice", { role: "pods" }],
  [`/kubepods/pod${UID}`, { role: "pod", podUid: UID }],
  [`/kubepods/burstable/pod${UID}/${ID}`, { role: "container", podUid: UID, containerId: ID }],
  [
    `/kubepods.slice/kubepods-burstable.slice/${SLICE}/cri-containerd-${ID}.scope`,
    { role: "container", podUid: UID, containerId: ID },
  ],
  [
    `/kubepods.slice/${SLICE}/crio-${ID}.scope`,
    { role: "container", podUid: UID, containerId: ID },
  ],
  [`${SLICE}:cri-containerd:${ID}`, { role: "container", podUid: UID, containerId: ID }],
  [
    `/kubepods/pod${UID}/kata_${ID}`,
    { role: "sandbox", podUid: UID, containerId: ID, runtime: "kata" },
  ],
  ["/kata_overhead", { role: "overhead", runtime: "kata" }],
  [`/kata_overhead/${ID}`, { role: "sandbox-overhead", containerId: ID, runtime: "kata" }],
  ["/system.slice/kata-monitor.service", { role: "service" }],
  ["/user.slice/user-0.slice", { role: "other" }],
  [`/kubepods/pod${UID.slice(0, 20)}`, { role: "other" }],
])("%s", (path, expected) => {
  expect(parseCgroupPath(path)).toEqual(expected);
});
