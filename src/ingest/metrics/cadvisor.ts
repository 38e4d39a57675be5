/** cAdvisor, by itself or in the kubelet: what a container's cgroup is charged, maps among it. */
import type { Exporter, KnownSeries } from "./exporter.ts";

const container = {
  subject: "container",
  name: nameOf,
  node: ["node", "instance"],
} as const;

/** `kmesh-system/kmesh-x2b9k/kmesh`, without the container for the sum of a pod; else the cgroup. */
function nameOf(labels: ReadonlyMap<string, string>): string | undefined {
  const label = (...names: readonly string[]) =>
    names.map((it) => labels.get(it)).find((it) => it !== undefined && it !== "");
  const pod = label("pod", "pod_name");
  if (pod === undefined) return label("name", "container", "id");
  const parts = [label("namespace"), pod, label("container", "container_name")];
  return parts.filter((it) => it !== undefined).join("/");
}

const bytes = (measure: KnownSeries["measure"]): KnownSeries => ({ ...container, measure });

export const cadvisor: Exporter = {
  id: "cadvisor",
  title: "cAdvisor",
  source: "metrics/prometheus.go of google/cadvisor",
  series: {
    container_memory_usage_bytes: bytes("memory usage"),
    container_memory_working_set_bytes: bytes("working set"),
    container_memory_rss: bytes("rss"),
    container_memory_kernel_usage: bytes("kernel memory"),
    container_spec_memory_limit_bytes: bytes("memory limit"),
    container_cpu_usage_seconds: { ...container, measure: "cpu time", scale: 1e9 },
  },
};
