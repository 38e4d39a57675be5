/** The manifest that our capture script writes, read leniently: whoever made the archive may have changed it. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { isCpuList } from "./cpu-list.ts";
import type { JsonValue } from "./json-records.ts";

/** How a step of the script ended. */
const OUTCOMES = ["ok", "failed", "timed-out", "partial", "absent"] as const;
type Outcome = (typeof OUTCOMES)[number];

interface Step {
  readonly command: string;
  readonly outcome: Outcome;
  readonly status?: number;
  readonly bytes: number;
  /** The script's own words. */
  readonly reason?: string;
  /** The tool's words. */
  readonly stderr?: string;
}

export interface CaptureManifest {
  readonly takenAt?: string;
  readonly interrupted: boolean;
  /** Looks that were asked for, and taken. */
  readonly asked?: number;
  readonly taken?: number;
  readonly host: Readonly<Record<string, JsonValue>>;
  readonly daemon: Readonly<Record<string, JsonValue>>;
  readonly steps: readonly (Step | undefined)[];
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const MOST_WORDS = 300;

export function readManifest(json: JsonValue): CaptureManifest {
  const manifest = membersOf(json);
  const { takenAt, interrupted, options, times, commands } = manifest;
  const asked = membersOf(options).count;
  return {
    interrupted: interrupted === true,
    host: membersOf(manifest.host),
    daemon: membersOf(manifest.daemon),
    steps: Array.isArray(commands) ? commands.map(stepOf) : [],
    ...(typeof takenAt === "string" && TIME.test(takenAt) && { takenAt }),
    ...(typeof asked === "number" && { asked }),
    ...(Array.isArray(times) && { taken: times.length }),
  };
}

/** Undefined for what is no step. */
function stepOf(json: JsonValue): Step | undefined {
  const { command, outcome, status, bytes, reason, stderr } = membersOf(json);
  const known = OUTCOMES.find((it) => it === outcome);
  if (typeof command !== "string" || known === undefined) return undefined;
  return {
    command: words(command),
    outcome: known,
    bytes: typeof bytes === "number" ? bytes : 0,
    ...(typeof status === "number" && { status }),
    ...(typeof reason === "string" && { reason: words(reason) }),
    ...(typeof stderr === "string" && { stderr: words(stderr) }),
  };
}

function membersOf(json: JsonValue | undefined): Record<string, JsonValue> {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
}

function words(text: string): string {
  const plain = text.replace(/\p{Cc}/gu, " ").trim();
  return plain.length > MOST_WORDS ? `${plain.slice(0, MOST_WORDS)}…` : plain;
}

/** `0-7` where it is such a list. */
export function cpuListOf(json: JsonValue | undefined): string | undefined {
  return typeof json === "string" && isCpuList(json) ? json : undefined;
}

type Told = Pick<Diagnostic, "level" | "code" | "message" | "hint">;

/** What to say of a step that gave nothing, or not all. */
const SAY: Readonly<Record<Outcome, (step: Step) => Told | undefined>> = {
  ok: () => undefined,
  failed: ({ command, status, bytes, stderr, reason }) => ({
    level: "warning",
    code: "tool-error",
    message: `the command failed${status === undefined ? "" : ` with status ${status}`}: ${command}${
      stderr === undefined ? "" : `: ${stderr}`
    }${reason === undefined ? "" : `: ${reason}`}${bytes > 0 ? `; the ${bytes} bytes that it wrote are kept` : ""}`,
    hint: "Capture again as root, on the host or in the daemon's pod.",
  }),
  "timed-out": ({ command, bytes }) => ({
    level: "data-loss",
    code: "partial-capture",
    message: `the command was ended when its time was over: ${command}; ${kept(bytes)}`,
    hint: "Capture again with a longer --timeout.",
  }),
  partial: ({ command, bytes }) => ({
    level: "data-loss",
    code: "partial-capture",
    message: `the command wrote more than --max-bytes allowed: ${command}; ${kept(bytes)}`,
    hint: "Capture again with a larger --max-bytes, or with fewer --dump.",
  }),
  absent: ({ command, reason }) => ({
    level: "info",
    code: "partial-capture",
    message: `the capture lacks: ${command}${reason === undefined ? "" : `: ${reason}`}`,
  }),
};

function kept(bytes: number): string {
  return bytes > 0 ? `its first ${bytes} bytes are kept` : "nothing of it is kept";
}

export function tellStep(step: Step): Told | undefined {
  return SAY[step.outcome](step);
}
