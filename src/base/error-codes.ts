/** Every code that an input error or a diagnostic can carry, with the one-line meaning `explain` prints. */
export const ERROR_CODES = {
  truncated: "The input ends before what it began is complete.",
  malformed: "The input does not follow the rules of the format it seems to be in.",
  "wrong-format": "The input is not of the format that was expected.",
  "over-limit": "The input asks for more than the limits allow (depth, size, count).",
  empty: "The input has no bytes, or only white space.",
  "not-found": "There is no file or folder of that name.",
  "not-readable": "The file or folder exists but could not be read.",
  "nothing-known": "The text is readable, but nothing in it is of a known format.",
  "no-facts": "The input is of a known kind that says nothing of maps.",
  "no-input": "No input was given, or none of them could be read.",
  "skipped-record": "One record could not be read; the others were.",
  "tool-error": "The tool that wrote the input reported an error in it.",
  "inexact-integer": "An integer past 2^53 cannot be held exactly, so it is left out.",
  repaired:
    "The input broke a rule of its format that is known to be broken by the tool; it was read anyway.",
  "duplicate-input":
    "The same content was given more than once; it is counted once, but an audit counts each object file.",
  "saved-analysis": "Snapshots of a saved analysis were taken as they are.",
  "unknown-map-type": "A map type that this version does not know.",
  contradiction: "Two inputs, or an input and an option, say different things about the same fact.",
  "no-types":
    "A compiled object has no types (BTF): maps of before BTF are read, layouts of keys and values are not.",
  "unknown-kernel": "A kernel release whose formulas were not read.",
  "unknown-key": "A key of a JSON file means nothing here and is ignored.",
  "partial-capture": "The capture says of itself, or by its shape, that it is not complete.",
  "image-only": "Figures are in an image, where they cannot be read.",
  ambiguous: "The input fits more than one reading; the one taken is said.",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
