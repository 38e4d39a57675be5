/**
 * The manifest of a capture, `capture.json`: one at the root of the archive, and one in the folder of each look.
 * capture/mapscope-capture.sh writes it; the importer reads it leniently, this says what it is.
 */
import { z } from "zod";

const time = z.iso.datetime().describe("UTC, to the second.");
const cpuList = z.string().describe("As the kernel lists CPUs: 0-3,8-11.");

const step = z.strictObject({
  command: z.string().describe("What was run, or what was looked for."),
  outcome: z
    .enum(["ok", "failed", "timed-out", "partial", "absent"])
    .describe("partial: more than --max-bytes allowed; absent: it cannot be had, see reason."),
  status: z.int().nullable().optional().describe("Its exit status; null when it left none."),
  bytes: z.int().nonnegative().optional().describe("What the command wrote."),
  file: z
    .string()
    .optional()
    .describe("Where it is kept, beside this manifest. An empty list is not kept."),
  stderr: z.string().optional().describe("The tool's words, at most 1,000 bytes."),
  reason: z.string().optional().describe("Why it is absent, where the tool did not tell."),
});

export const captureSchema = z
  .strictObject({
    schemaVersion: z.literal("1"),
    kind: z.literal("capture"),
    script: z.strictObject({ name: z.literal("mapscope-capture"), version: z.string() }),
    takenAt: time.optional().describe("Of a look."),
    startedAt: time.optional(),
    finishedAt: time.optional(),
    interrupted: z.boolean().optional(),
    options: z
      .strictObject({
        dump: z.array(z.string()),
        everySeconds: z.int().nonnegative().describe("0 without --every."),
        count: z.int().positive(),
        withBtf: z.boolean(),
        maxBytes: z.int().nonnegative(),
        maxSeconds: z.int().positive().optional().describe("For the dumps of one look."),
        timeoutSeconds: z.int().positive(),
      })
      .optional(),
    host: z
      .strictObject({
        kernelRelease: z.string().optional(),
        machine: z.string().optional(),
        possibleCpus: cpuList.optional(),
        onlineCpus: cpuList.optional(),
        pageSize: z.int().positive().optional(),
        byteOrder: z.enum(["little", "big"]).optional(),
        os: z.string().optional(),
      })
      .optional(),
    daemon: z
      .strictObject({
        name: z.string(),
        pid: z.int().positive().optional(),
        cgroup: z.string().optional(),
        mode: z.string().optional(),
        version: z.string().optional(),
      })
      .optional(),
    times: z.array(z.string()).optional().describe("Folders of the looks, in order."),
    commands: z.array(step),
  })
  .describe("capture.json at the root of the archive, and in the folder of each look.");
