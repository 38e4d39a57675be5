/** The entry of the worker: takes calls one after the other. The only script that may need eval, for arquero's sake. */
import "./jitless.ts";
import type { Analysis } from "../../analyze/analysis.ts";
import { InputError } from "../../base/input-error.ts";
import { type Component, loadComponent } from "../../component/load.ts";
import type { Progress } from "../engine.ts";
import { answers } from "./answers.ts";
import { inParts } from "./in-parts.ts";
import type { Call, Reply } from "./protocol.ts";

/** Put in by the build. */
declare const MAPSCOPE_VERSION: string;

/** What of a worker's global scope is used; the page's types know only windows. */
interface Scope {
  onmessage: ((event: { readonly data: Call }) => void) | null;
  postMessage(reply: Reply): void;
}
const scope = globalThis as unknown as Scope;

/** Progress is told so often at most. */
const EVERY_MS = 100;

// Asked for at once, so that it is there when something is dropped.
let loading: Promise<Component> | undefined = load();
// Whoever asks for it gets the error.
loading.catch(() => {});

const known = answers({
  component: () => {
    loading ??= load();
    return loading;
  },
  toolVersion: MAPSCOPE_VERSION,
});

scope.onmessage = ({ data }) => {
  void answer(data).then((reply) => scope.postMessage(reply));
};

async function load(): Promise<Component> {
  try {
    const response = await fetch(new URL("component.core.wasm", import.meta.url));
    if (!response.ok) throw new Error(`the component could not be loaded (${response.status})`);
    return await loadComponent(await response.arrayBuffer());
  } catch (error) {
    // The next call tries again: the network may be back.
    loading = undefined;
    throw error;
  }
}

async function answer({ method, args }: Call): Promise<Reply> {
  let last = Number.NEGATIVE_INFINITY;
  const tell = (progress: Progress) => {
    const now = performance.now();
    if (now - last < EVERY_MS) return;
    last = now;
    scope.postMessage({ kind: "progress", progress });
  };
  try {
    const result = await known[method](args as never, tell);
    const parts = method === "analyze" ? inParts(result as Analysis) : undefined;
    if (parts === undefined) return { kind: "result", result };
    scope.postMessage({ kind: "head", head: parts.head });
    for (const slice of parts.slices()) scope.postMessage({ kind: "slice", slice });
    return { kind: "result", result: undefined };
  } catch (error) {
    if (error instanceof InputError) {
      return { kind: "error", message: error.message, hint: error.hint };
    }
    return { kind: "error", message: error instanceof Error ? error.message : String(error) };
  }
}
