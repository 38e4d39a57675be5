/** Items of a YAML list of flat records, as Go tools print them: keys, and lists or maps of one level in them. */

export interface YamlItem {
  readonly value: Readonly<Record<string, unknown>>;
  /** Index of its first line. */
  readonly line: number;
  /** Index of the document it stands in. */
  readonly root: number;
}

type Level = Record<string, unknown>;

const PAIR = /^(\s*)(- )?([A-Za-z_][\w.]*):(?:\s+(.*?))?\s*$/;

/** A line that is none of these is left out. */
export function yamlItems(lines: readonly string[]): YamlItem[] {
  const items: YamlItem[] = [];
  let root = 0;
  let item: Level | undefined;
  let key: string | undefined;
  lines.forEach((line, index) => {
    if (/^---/.test(line)) {
      if (items.length > 0) root += 1;
      item = undefined;
      return;
    }
    const match = PAIR.exec(line);
    if (match === null) return;
    const [, indent = "", dash, name = "", scalar = ""] = match;
    const depth = indent.length;
    if (depth === 0 && (dash !== undefined || item === undefined)) {
      item = {};
      items.push({ value: item, line: index, root });
    }
    if (item === undefined) return;
    const isOwn = dash !== undefined ? depth === 0 : depth <= 2 && !isInside(item, key, depth);
    if (isOwn) {
      key = name;
      item[name] = scalar === "" ? undefined : plain(scalar);
    } else if (key !== undefined) put(item, key, name, plain(scalar), dash !== undefined);
  });
  return items;
}

/** A map below a key is indented more than the record's own keys. */
function isInside(item: Level, key: string | undefined, depth: number): boolean {
  return key !== undefined && item[key] === undefined && depth > 2;
}

function put(item: Level, key: string, name: string, value: unknown, isNew: boolean) {
  const held = item[key];
  if (isNew) {
    const list = Array.isArray(held) ? held : [];
    list.push({ [name]: value });
    item[key] = list;
  } else if (Array.isArray(held)) (held.at(-1) as Level)[name] = value;
  else item[key] = { ...(typeof held === "object" ? held : {}), [name]: value };
}

function plain(scalar: string): unknown {
  const quoted = /^(["'])(.*)\1$/.exec(scalar);
  if (quoted) return quoted[2];
  return /^\d{1,15}$/.test(scalar) ? Number(scalar) : scalar;
}
