/** What a mesh daemon says of its own maps: log lines, persisted state, configuration. */
import { z } from "zod";
import { DAEMON_EVENTS } from "../../model/daemon-event.ts";

export const daemonEventSchema = z.strictObject({
  kind: z.enum(DAEMON_EVENTS),
  daemon: z.string(),
  subject: z.string().optional(),
  errno: z.int().optional(),
  count: z.int().describe("Lines that say the same of the same."),
  firstAt: z.string().optional(),
  lastAt: z.string().optional(),
  source: z.string().describe("Where the first of them stands."),
});

export const persistedStateSchema = z.strictObject({
  used: z.int(),
  claimed: z.int(),
  maxIndex: z.int(),
  usedBits: z.int().optional().describe("Slots that are marked as in use."),
  allocatedBits: z.int().optional().describe("Slots that are marked as having an inner map."),
  slotBytes: z.union([z.literal(1), z.literal(8)]).optional(),
  innerMapsListed: z
    .int()
    .optional()
    .describe("Of the map ids in the file, those in the list: it is this daemon's file."),
  source: z.string(),
});

export const configTreeSchema = z.strictObject({
  mode: z.enum(["kernel-native", "dual-engine"]),
  origin: z
    .enum(["cache", "either"])
    .describe("The daemon's own memory; or that or its BPF maps, which the dump does not tell."),
  clusters: z.int().optional(),
  endpoints: z.int().optional(),
  listeners: z.int().optional(),
  filterChains: z.int().optional(),
  routes: z.int().optional(),
  virtualHosts: z.int().optional(),
  workloads: z.int().optional(),
  services: z.int().optional(),
  policies: z.int().optional(),
  source: z.string(),
});
