/**
 * Words that tell nothing of a host, as tools and the kernel print them everywhere. What other parts of mapscope know by
 * name (map types, series of metrics, structs of the kernel) is taken from there, so that it need not be told twice.
 */

import { mapTypes } from "../../model/map-types/index.ts";
import { KERNEL_STRUCTS } from "../../model/struct-profiles/index.ts";
import { exporters } from "../metrics/index.ts";
import { TOOL_WORDS } from "./tool-words.ts";

const words = (text: string) => text.split(/\s+/).filter((it) => it !== "");

/** A histogram and a counter have series beside the one they are named after. */
const SUFFIXES = ["", "_total", "_sum", "_count", "_bucket"];

const series = exporters.flatMap((it) => Object.keys(it.series ?? {}));

export const VOCABULARY: ReadonlySet<string> = new Set([
  ...words(TOOL_WORDS).flatMap((it) => [it, it.toLowerCase()]),
  ...mapTypes.flatMap((it) => [it.name, `BPF_MAP_TYPE_${it.name.toUpperCase()}`]),
  ...KERNEL_STRUCTS,
  ...series.flatMap((name) => SUFFIXES.map((suffix) => name + suffix)),
]);

/** Public projects; what follows them in the name of a pod or process is replaced. */
export const OWNERS: ReadonlySet<string> = new Set(
  words("kmesh cilium tetragon calico felix istio ztunnel bpfman pixie falco inspektor gadget"),
);

/** Names of maps begin with these where rules tell by them whose maps they are. */
export const PREFIXES: readonly string[] = ["kmesh_", "km_"];

/** What reports compare; a container is found by the word in its name. */
export const RUNTIMES: ReadonlySet<string> = new Set(
  words("runc crun kata runsc gvisor youki sysbox"),
);

/** The words of Chinese reports that figures are read by, the longest first. */
export const CHINESE: readonly string[] = words(
  `内核原生 双引擎 工作负载 限制为 最多可以 最多可 消耗了 使用率 个核心的 个核心 一个 单个 主机 内存 内核 创建 副本
   启动 实例 客户端 对比 并发 延迟 开销 服务 机器 核心 没有 消耗 版本 端点 策略 线程 结果 耗时 节点 规格 请求 连接
   部署 限制 总 无 约 核 个 了 的 以 用 使用`,
).sort((a, b) => b.length - a.length);
