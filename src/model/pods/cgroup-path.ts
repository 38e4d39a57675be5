/** What the path of a control group says: whose it is, by the layouts of the kubelet, containerd, CRI-O and kata. */

export const CGROUP_ROLES = [
  "root",
  "pods",
  "pod",
  "container",
  "sandbox",
  "overhead",
  "sandbox-overhead",
  "service",
  "other",
] as const;
/**
 * `pods` holds pods (a QoS class); `sandbox` is what kata puts into a pod's group; `overhead` holds what kata keeps
 * outside of pods, and `sandbox-overhead` is that of one sandbox.
 */
export type CgroupRole = (typeof CGROUP_ROLES)[number];

export interface CgroupPath {
  readonly role: CgroupRole;
  readonly podUid?: string;
  /** Of the container, or of kata's sandbox. */
  readonly containerId?: string;
  /** Told by the path alone. */
  readonly runtime?: "kata";
}

const UID = "[0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32}";
/** `pod<uid>` of the cgroupfs driver, `kubepods-burstable-pod<uid>.slice` of systemd's. */
const POD = new RegExp(`(?:^|-)pod(${UID})(?:\\.slice)?$`);
/** `<id>`, `cri-containerd-<id>.scope`, `kata_<id>`; systemd's driver writes `cri-containerd:<id>` into a spec. */
const CONTAINER = /^(?:([a-z-]+?)[-:])??(?:(kata)_)?([0-9a-f]{64})(?:\.scope)?$/;
const PODS = /^kubepods(?:-(?:burstable|besteffort))?(?:\.slice)?$|^(?:burstable|besteffort)$/;
const OVERHEAD = /^kata_overhead(?:\.slice)?$/;

export function parseCgroupPath(path: string): CgroupPath {
  // A spec of systemd's driver is `slice:prefix:id`.
  const spec = /^([^/:]+\.slice):([\w-]+):([0-9a-f]{64})$/.exec(path);
  const segments = spec
    ? [spec[1] ?? "", `${spec[2]}-${spec[3]}.scope`]
    : path.split("/").filter((it) => it !== "");
  const last = segments.at(-1);
  if (last === undefined) return { role: "root" };

  const podUid = segments
    .map((it) => POD.exec(it)?.[1])
    .find((it) => it !== undefined)
    ?.replaceAll("_", "-");
  const [, , kata, containerId] = CONTAINER.exec(last) ?? [];
  const outside = segments.slice(0, -1).some((it) => OVERHEAD.test(it));
  if (OVERHEAD.test(last)) return { role: "overhead", runtime: "kata" };
  if (outside && containerId !== undefined)
    return { role: "sandbox-overhead", containerId, runtime: "kata" };
  if (podUid !== undefined && POD.test(last)) return { role: "pod", podUid };
  if (podUid !== undefined && containerId !== undefined)
    return kata
      ? { role: "sandbox", podUid, containerId, runtime: "kata" }
      : { role: "container", podUid, containerId };
  if (PODS.test(last)) return { role: "pods" };
  if (last.endsWith(".service")) return { role: "service" };
  return { role: "other", ...(podUid !== undefined && { podUid }) };
}
