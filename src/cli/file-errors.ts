/** Why a file that an option names could not be read or written, in our words: the system's code alone tells few people. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission is denied (EACCES)",
  EPERM: "it is not permitted (EPERM)",
  EEXIST: "there is a file of that name",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is a file, not a folder",
  EROFS: "the file system is read-only (EROFS)",
  ENOSPC: "no space is left (ENOSPC)",
  ENAMETOOLONG: "the name is too long (ENAMETOOLONG)",
};

const why = ({ code }: NodeJS.ErrnoException) =>
  (code && REASONS[code]) ?? code ?? "no reason told";

export function readFailure(error: NodeJS.ErrnoException): string {
  return error.code === "ENOENT" ? "there is no such file" : `it could not be read: ${why(error)}`;
}

export function writeFailure(error: NodeJS.ErrnoException): string {
  return error.code === "ENOENT"
    ? "there is no such folder to write to"
    : `it could not be written: ${why(error)}`;
}
