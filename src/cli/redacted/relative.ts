/** Where a file stands in the copy: below what the user named, not below the folders of this host. */
import { baseName } from "../../ingest/file-name.ts";

/** With several inputs, each that holds files has a folder of its own. */
export function relativeTo(input: string, isOneOfSeveral: boolean): (file: string) => string {
  const root = input.replace(/[/\\]+$/, "");
  return (file) => {
    const rest = file.startsWith(root) ? file.slice(root.length).replace(/^[/\\!]+/, "") : "";
    if (rest === "") return file === "<stdin>" ? "stdin" : baseName(file);
    return isOneOfSeveral ? `${baseName(root)}/${rest}` : rest;
  };
}
