/** Names that are public knowledge and that numbers depend on, and the maps whose values are ids. */
import { catalogues } from "../../model/catalogue/index.ts";
import { kernelName } from "../../model/kernel-name.ts";
import { mayRefer } from "../dump-values.ts";
import type { FileFacts } from "../facts.ts";

/** Values of these are ids of maps or programs, by which maps are joined. */
const HOLD_IDS = new Set(["array_of_maps", "hash_of_maps", "prog_array"]);

const ID_BYTES = 4;

const definitions = catalogues.flatMap(({ releases }) =>
  releases.flatMap(({ modes }) => modes.flatMap(({ maps }) => maps.map((it) => it.definition))),
);

/** Maps and programs of the catalogues, whole and as the kernel cuts them. */
export function publicNames(): Set<string> {
  const programs = catalogues.flatMap(({ releases }) =>
    releases.flatMap(({ modes }) =>
      modes.flatMap((it) => it.programs.flatMap(({ name, object }) => [name, object])),
    ),
  );
  const maps = definitions.flatMap(({ name }) => name ?? []);
  return new Set([...maps, ...programs].flatMap((it) => [it, kernelName(it)]));
}

/** Maps whose values are known by name to be ids, or to refer to entries (`=` before the name). */
export function publicIdMaps(): Set<string> {
  const known = new Set<string>();
  for (const { name, type, keySize, valueSize } of definitions) {
    if (name === null) continue;
    if (HOLD_IDS.has(type)) known.add(kernelName(name));
    else if (mayRefer(keySize, valueSize) && valueSize > ID_BYTES)
      known.add(`=${kernelName(name)}`);
  }
  return known;
}

/** Of maps that the input lists: names, and `#id`; `=#id` for one that `publicIdMaps()` has by name. */
export function* idMapsIn(files: readonly FileFacts[]): Generator<string> {
  const known = publicIdMaps();
  for (const { whole, sections } of files) {
    for (const { maps } of [whole, ...sections.values()]) {
      for (const { rows, type, typeNames, name, names, id } of maps) {
        const holding = typeNames.map((it) => HOLD_IDS.has(it));
        for (let row = 0; row < rows; row += 1) {
          const named = names[name[row] as number];
          if (named !== undefined && known.has(`=${kernelName(named)}`)) yield `=#${id[row]}`;
          if (!holding[type[row] as number]) continue;
          yield `#${id[row]}`;
          if (named !== undefined) yield kernelName(named);
        }
      }
    }
  }
}
