/** Takes from a log line what kubectl and the container runtime put around it. */

export interface LogLine {
  readonly text: string;
  /** The pod of a kubectl prefix. */
  readonly pod?: string;
  /** ISO 8601: the line's own time, else the runtime's. */
  readonly at?: string;
}

/** `[pod/kmesh-57rbp/kmesh] ` of `kubectl logs --prefix`. */
const KUBECTL = /^\[pod\/([^\]/]+)(?:\/[^\]]*)?\]\s/;
/** `2024-10-14T07:41:25.1Z stdout F ` of containerd's files; `kubectl logs --timestamps` has the time only. */
const RUNTIME =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))\s(?:std(?:out|err)\s[FP]\s)?/;
const OWN_TIME = /\btime="(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))"/;

export function parseLogLine(line: string): LogLine {
  let text = line;
  const pod = KUBECTL.exec(text);
  if (pod) text = text.slice(pod[0].length);
  const runtime = RUNTIME.exec(text);
  if (runtime) text = text.slice(runtime[0].length);
  const at = OWN_TIME.exec(text)?.[1] ?? runtime?.[1];
  return { text, ...(pod?.[1] && { pod: pod[1] }), ...(at !== undefined && { at }) };
}
