/** Globs of map names and paths. */
import picomatch from "picomatch";

export type Matches = (text: string) => boolean;

const known = new Map<string, Matches>();

/** Undefined globs match everything. A glob without a slash is matched with the last part of a path. */
export function matcher(globs: readonly string[] | undefined): Matches {
  if (globs === undefined) return () => true;
  const key = JSON.stringify(globs);
  const found = known.get(key);
  if (found !== undefined) return found;
  const fresh = compile(globs);
  known.set(key, fresh);
  return fresh;
}

function compile(globs: readonly string[]): Matches {
  const of = (it: string) =>
    picomatch(fromHere(it), { dot: true, nonegate: true, basename: !it.includes("/") });
  const all = globs.map(of);
  return (text) => {
    const path = fromHere(text);
    return all.some((matches) => matches(path));
  };
}

/** `find` writes ./bpf/x.o, and people write bpf/*.o. */
function fromHere(path: string): string {
  return path.replace(/^(?:\.\/+)+/, "");
}
