/** What was opened at one time is a set: several of them are snapshots, each under a label of its own. */
import type { Inspection } from "../../analyze/inspection.ts";
import type { Input } from "../engine.ts";
import { button, el } from "../parts/dom.ts";

export interface InputSet {
  readonly label: string;
  /** What `inspect` said of the objects that it was made from, which are not here. */
  readonly inspection?: Inspection | undefined;
  readonly inputs: readonly Input[];
}

/** The folder or file that was dropped, without its ending; of several files, the first and how many more. */
export function labelOf(inputs: readonly Input[]): string {
  const tops = [...new Set(inputs.map(({ path }) => path.split("/")[0] ?? path))];
  const first = (tops[0] ?? "").replace(/\.[^.]{1,8}$/, "");
  return tops.length < 2 ? first : `${first} and ${tops.length - 1} more`;
}

/** What is open keeps its labels, as links name them: a new one that is taken gets a number. */
export function freeLabel(label: string, taken: readonly string[]): string {
  let own = label;
  for (let number = 2; taken.includes(own); number += 1) own = `${label} ${number}`;
  return own;
}

/** One set is read as the command line reads it; of several each is a snapshot, and paths are told apart. */
export function inSets(sets: readonly InputSet[]): Input[] {
  const [only] = sets;
  if (only === undefined) return [];
  if (sets.length === 1) return [...only.inputs];
  const used = new Set<string>();
  return sets.flatMap(({ label, inputs }) => {
    let snapshot = label;
    for (let number = 2; used.has(snapshot); number += 1) snapshot = `${label} ${number}`;
    used.add(snapshot);
    return inputs.map(({ path, content }) => ({ path: `${snapshot}/${path}`, content, snapshot }));
  });
}

/** Something is open already: whether the new one takes its place or is compared with it. */
export function askHow(label: string): Promise<"replace" | "add" | "nothing"> {
  return new Promise((done) => {
    const dialog = el("dialog", { "aria-label": "How to open it" });
    const close = (how: "replace" | "add" | "nothing") => {
      dialog.close();
      dialog.remove();
      done(how);
    };
    dialog.append(
      el("p", {}, "Open ", el("strong", {}, label), ":"),
      el(
        "p",
        { class: "actions" },
        button("In place of what is open", () => close("replace")),
        button("As another snapshot, to compare", () => close("add")),
        button("Cancel", () => close("nothing")),
      ),
    );
    dialog.addEventListener("cancel", () => close("nothing"));
    document.body.append(dialog);
    dialog.showModal();
  });
}
