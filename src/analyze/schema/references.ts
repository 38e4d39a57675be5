/** Who refers to the maps of a family; counts of maps. */
import { z } from "zod";

const maps = z.int().nonnegative();

export const referencesSchema = z.strictObject({
  byPrograms: maps.optional().describe("Maps that a program of the list names."),
  byProcesses: maps.optional().describe("Maps that a process has open."),
  pinned: maps.optional(),
  onlyPinned: maps.optional().describe("Maps that nothing but a pin keeps."),
  byNothing: maps.optional().describe("Maps that nothing captured refers to."),
  pins: z.array(z.string()).optional().describe("Paths of some of the pins."),
});
