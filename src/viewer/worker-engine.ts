/**
 * The engine as the page has it: calls go to the worker one at a time, the others wait. What runs in the worker cannot be
 * interrupted, so a cancelled analysis ends the worker, and another one goes on with the calls that wait.
 */
import type { AnalysisSnapshot } from "../analyze/analysis.ts";
import type { Inspection } from "../analyze/inspection.ts";
import type { Result } from "../analyze/result.ts";
import type {
  Asked,
  AskedToAnalyze,
  Engine,
  HostFacts,
  Input,
  SimulationQuestion,
  SizeQuestion,
} from "./engine.ts";
import { Joined } from "./worker/in-parts.ts";
import type { Call, Method, Methods, Reply } from "./worker/protocol.ts";

export interface WorkerLike {
  onmessage: ((event: { readonly data: Reply }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(call: Call): void;
  terminate(): void;
}

/** An answer that is not wanted any more may take so long, if others wait for theirs. */
const PATIENCE_MS = 300;

interface Waiting {
  readonly call: Call;
  readonly asked: AskedToAnalyze;
  done(result: unknown): void;
  failed(error: Error): void;
  /** Nobody waits for it. */
  isStale: boolean;
  /** Of an answer that comes in parts. */
  parts?: Joined;
}

/** An error of the worker, told in words; `hint` says what to do. */
export class EngineError extends Error {
  override name = "EngineError";
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

export class WorkerEngine implements Engine {
  readonly #spawn: () => WorkerLike;
  #worker: WorkerLike | undefined;
  /** Those that were analyzed last. */
  #inputs: readonly Input[] = [];
  /** Said of their objects already, by who has them. */
  #inspection: Inspection | undefined;
  #running: Waiting | undefined;
  #queue: Waiting[] = [];

  constructor(spawn: () => WorkerLike) {
    this.#spawn = spawn;
    // It loads what it needs while nothing is asked yet.
    this.#worker = this.#start();
  }

  analyze(inputs: readonly Input[], asked?: AskedToAnalyze) {
    this.#inputs = inputs;
    this.#inspection = asked?.inspection;
    return this.#ask("analyze", [inputs, asked?.host ?? {}], asked);
  }
  compare(from: AnalysisSnapshot, to: AnalysisSnapshot, asked?: Asked) {
    return this.#ask("compare", [from, to], asked);
  }
  inspect(host: HostFacts, asked?: Asked) {
    if (this.#inspection !== undefined) return Promise.resolve(this.#inspection);
    return this.#ask("inspect", [this.#inputs, host], asked);
  }
  simulate(question: SimulationQuestion, asked?: Asked) {
    return this.#ask("simulate", [question], asked);
  }
  size(question: SizeQuestion, asked?: Asked) {
    return this.#ask("size", [question], asked);
  }
  render(result: Result, format: string, table?: string) {
    return this.#ask("render", [result, format, table]);
  }
  formats() {
    return this.#ask("formats", []);
  }

  #ask<Name extends Method>(
    method: Name,
    args: Parameters<Methods[Name]>,
    asked: AskedToAnalyze = {},
  ): Promise<ReturnType<Methods[Name]>> {
    return new Promise((resolve, reject) => {
      const { signal } = asked;
      const waiting: Waiting = {
        call: { method, args },
        asked,
        done: (result) => resolve(result as ReturnType<Methods[Name]>),
        failed: reject,
        isStale: false,
      };
      const abort = () => {
        reject(abortError());
        this.#drop(waiting);
      };
      if (signal?.aborted) {
        reject(abortError());
        return;
      }
      signal?.addEventListener("abort", abort, { once: true });
      this.#queue.push(waiting);
      this.#next();
    });
  }

  #drop(waiting: Waiting): void {
    waiting.isStale = true;
    if (this.#running !== waiting) {
      this.#queue = this.#queue.filter((it) => it !== waiting);
      return;
    }
    if (waiting.call.method === "analyze") this.#restart();
    else this.#loseSoon(waiting);
  }

  /** A new worker takes a while to be ready: what ends soon may end. */
  #loseSoon(waiting: Waiting): void {
    setTimeout(() => {
      if (this.#running === waiting && this.#queue.length > 0) this.#restart();
    }, PATIENCE_MS);
  }

  #next(): void {
    if (this.#running !== undefined) {
      if (this.#running.isStale) this.#loseSoon(this.#running);
      return;
    }
    const next = this.#queue.shift();
    if (next === undefined) return;
    this.#running = next;
    this.#worker ??= this.#start();
    this.#worker.postMessage(next.call);
  }

  #start(): WorkerLike {
    const worker = this.#spawn();
    worker.onmessage = ({ data }) => {
      // One that was ended may have an answer on its way, to a call that is gone.
      if (this.#worker === worker) this.#take(data);
    };
    worker.onerror = ({ message }) => {
      const running = this.#running;
      // Not started again by itself: what cannot be loaded would be asked for without end.
      this.#end();
      running?.failed(new EngineError(message ?? "the worker of this page could not be started"));
      this.#next();
    };
    return worker;
  }

  #take(reply: Reply): void {
    const running = this.#running;
    if (running === undefined) return;
    if (reply.kind === "progress") {
      if (!running.isStale) running.asked.onProgress?.(reply.progress);
      return;
    }
    if (reply.kind === "head") {
      running.parts = new Joined(reply.head);
      if (!running.isStale) running.asked.onHead?.(reply.head);
      return;
    }
    if (reply.kind === "slice") {
      running.parts?.add(reply.slice);
      return;
    }
    this.#running = undefined;
    if (reply.kind === "result") running.done(running.parts?.analysis ?? reply.result);
    else running.failed(new EngineError(reply.message, reply.hint));
    this.#next();
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#running = undefined;
  }

  #restart(): void {
    this.#end();
    this.#next();
    // Ready for the next drop.
    this.#worker ??= this.#start();
  }
}

function abortError(): Error {
  return new DOMException("it was cancelled", "AbortError");
}
