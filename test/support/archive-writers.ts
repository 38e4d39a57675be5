/** The script's writers of archives, for tests. */
// biome-ignore lint/correctness/useImportExtensions: it takes the types beside the file for the file
export * from "../../scripts/archive-writers.mjs";
