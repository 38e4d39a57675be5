/** What is open, and which part of the page shows it: the start page, the progress of reading, or a view. */
import type { Analysis, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { formatCount } from "../../base/units.ts";
import type { Engine, HostFacts, Input, Progress } from "../engine.ts";
import { append, button, el, proseNodes } from "../parts/dom.ts";
import type { View } from "../view.ts";
import { viewGroups, views } from "../views/index.ts";
import { askHow, freeLabel, type InputSet, inSets, labelOf } from "./input-sets.ts";
import { droppedInputs } from "./inputs.ts";
import { formatLink, type Link, parseLink } from "./link.ts";
import { NO_REPORT, objectsAddress, served } from "./served.ts";
import { navigation, place, toolbar } from "./shell.ts";
import { startPage } from "./start-page.ts";
import { unreadable } from "./unreadable.ts";

/** The line that says that more is on its way. */
const REST = "rest";

export class App {
  readonly #engine: Engine;
  #sets: readonly InputSet[] = [];
  #host: HostFacts = {};
  #analysis: Analysis | undefined;
  /** Of what is shown now; aborted when something else is. */
  #shown = new AbortController();
  #link: Link = parseLink(location.hash);
  /** What is being read. */
  #opening: AbortController | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async start(report: string | undefined): Promise<void> {
    addEventListener("hashchange", () => this.#follow());
    this.#takeDrops();
    place("skip").addEventListener("click", (event) => {
      event.preventDefault();
      place("main").focus();
    });
    this.#drawBars();
    if (report === undefined || report === NO_REPORT) this.#showStart();
    else await this.#openServed(report);
  }

  async #openServed(address: string): Promise<void> {
    try {
      const objects = objectsAddress();
      const [content, inspection] = await Promise.all([
        served(address),
        objects === undefined ? undefined : served(objects).then((it) => it.text()),
      ]);
      await this.#open([
        {
          label: "report",
          inputs: [{ path: address, content }],
          inspection: inspection === undefined ? undefined : JSON.parse(inspection),
        },
      ]);
    } catch (error) {
      this.#showStart(error);
    }
  }

  #takeDrops(): void {
    const body = document.body;
    let depth = 0;
    const mark = (by: number) => {
      depth = Math.max(0, depth + by);
      body.classList.toggle("dropping", depth > 0);
    };
    body.addEventListener("dragenter", () => mark(1));
    body.addEventListener("dragleave", () => mark(-1));
    body.addEventListener("dragover", (event) => event.preventDefault());
    body.addEventListener("drop", (event) => {
      event.preventDefault();
      mark(-depth);
      if (event.dataTransfer === null) return;
      droppedInputs(event.dataTransfer).then(
        (inputs) => this.take(inputs),
        (error: unknown) => this.#showStart(error),
      );
    });
  }

  /** Something was dropped, picked or pasted. */
  async take(inputs: readonly Input[]): Promise<void> {
    if (inputs.length === 0) {
      this.#showStart(new Error("there is no file in it"));
      return;
    }
    const set = { label: labelOf(inputs), inputs };
    const how = this.#analysis === undefined ? "replace" : await askHow(set.label);
    if (how === "replace") await this.#open([set]);
    else if (how === "add") {
      const taken = this.#analysis?.snapshots.map((it) => it.label) ?? [];
      const another = { ...set, label: freeLabel(set.label, taken) };
      await this.#open([...this.#sets, another], this.#host);
    }
  }

  async #open(sets: readonly InputSet[], host: HostFacts = {}): Promise<void> {
    // What is still being read gives way.
    this.#opening?.abort();
    const cancel = new AbortController();
    this.#opening = cancel;
    let isHeadShown = false;
    const main = this.#emptyMain();
    const bar = el("progress", { "aria-label": "reading" });
    const words = el("p", { class: "note" }, "reading");
    main.append(
      el(
        "div",
        { class: "opening" },
        words,
        bar,
        button("Cancel", () => cancel.abort(), { id: "cancel" }),
      ),
    );
    place("cancel").focus();
    addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Escape") cancel.abort();
      },
      { signal: this.#shown.signal },
    );
    const onProgress = ({ what, done, all }: Progress) => {
      words.replaceChildren();
      append(words, [what]);
      if (all !== undefined && all > 0) bar.value = done / all;
    };
    try {
      const analysis = await this.#engine.analyze(inSets(sets), {
        signal: cancel.signal,
        onProgress,
        host,
        onHead: (head) => {
          isHeadShown = this.#opening === cancel && this.#showHead(head);
        },
        // Beside other inputs those are read, and say what they can of their own objects.
        inspection: sets.length === 1 ? sets[0]?.inspection : undefined,
      });
      if (this.#opening !== cancel) return;
      if (analysis.snapshots.length === 0) {
        this.#showStart(unreadable(analysis.diagnostics));
        return;
      }
      this.#sets = sets;
      this.#host = host;
      this.#analysis = analysis;
      this.#drawBars();
      if (isHeadShown && this.#view() === views[0]) this.#completeHead();
      else this.#show();
      this.#say(`read: ${analysis.findings.length} findings`);
    } catch (error) {
      if (this.#opening !== cancel) return;
      if (!cancel.signal.aborted) this.#showStart(error);
      else if (this.#analysis === undefined) this.#showStart();
      else this.#show();
      if (cancel.signal.aborted) this.#say("cancelled");
    }
  }

  /** For those who do not see the page change. */
  #say(text: string): void {
    place("status").textContent = text;
  }

  #showStart(problem?: unknown): void {
    const main = this.#emptyMain();
    const take = (inputs: readonly Input[]) => void this.take(inputs);
    const isLinked = this.#link.view !== "" && this.#analysis === undefined;
    main.append(startPage({ take, problem, isLinked }));
  }

  #drawBars(): void {
    const snapshots = this.#analysis?.snapshots ?? [];
    toolbar({
      take: (inputs) => void this.take(inputs),
      engine: this.#engine,
      host: this.#host,
      setHost: (host) => void this.#open(this.#sets, host),
      analysis: this.#analysis,
      labels: snapshots.map((it) => it.label),
      snapshot: this.#analysis && this.#snapshot(this.#analysis)?.label,
      choose: (label) => this.#go({ ...this.#link, view: this.#view().id, snapshot: label }),
    });
  }

  #follow(): void {
    this.#link = parseLink(location.hash);
    if (this.#analysis === undefined) return;
    this.#drawBars();
    this.#show();
    // A view starts at the top of the page, with its menu in sight.
    place("main").focus({ preventScroll: true });
  }

  #go(link: Link): void {
    const hash = formatLink(link);
    if (hash === location.hash) this.#follow();
    // The rest follows from the event.
    else location.hash = hash;
  }

  #view(analysis = this.#analysis): View {
    const found = views.find((it) => it.id === this.#link.view) ?? this.#firstView(analysis);
    if (found === undefined) throw new Error("there is no view");
    return found;
  }

  #firstView(analysis: Analysis | undefined): View | undefined {
    const snapshot = analysis && this.#snapshot(analysis);
    const leading =
      analysis && snapshot && views.find((it) => it.leads?.({ analysis, snapshot }) === true);
    return leading ?? views[0];
  }

  #snapshot({ snapshots, verdict }: Analysis): AnalysisSnapshot | undefined {
    const asked = snapshots.find((it) => it.label === this.#link.snapshot);
    const judged = snapshots.find((it) => it.label === verdict?.snapshot);
    return (
      asked ?? judged ?? snapshots.findLast((it) => it.families.length > 0) ?? snapshots.at(-1)
    );
  }

  #show(): void {
    const analysis = this.#analysis;
    const snapshot = analysis && this.#snapshot(analysis);
    if (analysis === undefined || snapshot === undefined) return;
    this.#drawMenu(analysis, snapshot);
    this.#mount(this.#view(), analysis, snapshot);
  }

  /** The first view needs few of very many families; it is shown while the others are on their way. */
  #showHead(head: Analysis): boolean {
    const snapshot = this.#snapshot(head);
    const view = this.#view(head);
    if (snapshot === undefined || view !== views[0]) return false;
    this.#analysis = undefined;
    this.#drawBars();
    place("views").hidden = true;
    this.#mount(view, head, snapshot);
    const words = `The table of ${formatCount(head.snapshots.reduce((sum, it) => sum + it.totals.maps, 0))} maps is on its way.`;
    place("main").prepend(el("p", { class: "note", id: REST }, words));
    return true;
  }

  /** What is shown stays as it is: someone reads it. */
  #completeHead(): void {
    const snapshot = this.#analysis && this.#snapshot(this.#analysis);
    if (this.#analysis === undefined || snapshot === undefined) return;
    this.#drawMenu(this.#analysis, snapshot);
    place(REST).remove();
  }

  #drawMenu(analysis: Analysis, snapshot: AnalysisSnapshot): void {
    navigation(viewGroups, {
      analysis,
      snapshot,
      current: this.#view(),
      hrefOf: (id) => this.#hrefOf(id),
    });
  }

  #mount(view: View, analysis: Analysis, snapshot: AnalysisSnapshot): void {
    const main = this.#emptyMain();
    const { signal } = this.#shown;
    document.title = `${view.title} - mapscope`;
    const body = el("div", { class: `view view-${view.id}` });
    main.append(
      el("h2", { id: "view-title" }, view.title),
      el("p", { class: "note question" }, view.question),
      body,
    );
    const reason = view.absent({ analysis, snapshot });
    if (reason !== undefined) {
      body.append(el("p", { class: "absent" }, ...proseNodes(reason)));
      return;
    }
    const failed = (error: unknown) => {
      if (signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      body.append(
        el("p", { class: "problem" }, `This view failed, which is a bug of mapscope: ${message}`),
      );
    };
    try {
      const mounted = view.mount(body, {
        analysis,
        snapshot,
        state: this.#link.state,
        keep: (name, value) => this.#keep(name, value, signal),
        open: (id, state = {}) => this.#openView(id, state),
        engine: this.#engine,
        signal,
      });
      void Promise.resolve(mounted).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  /** Another view of the same snapshot. */
  #hrefOf(view: string): string {
    return formatLink({ view, snapshot: this.#link.snapshot, state: new Map() });
  }

  #openView(view: string, { snapshot = this.#link.snapshot, ...state }: Record<string, string>) {
    this.#go({ view, snapshot, state: new Map(Object.entries(state)) });
  }

  #keep(name: string, value: string | undefined, signal: AbortSignal): void {
    if (signal.aborted) return;
    const state = new Map(this.#link.state);
    if (value === undefined) state.delete(name);
    else state.set(name, value);
    this.#link = { ...this.#link, view: this.#view().id, state };
    history.replaceState(null, "", formatLink(this.#link));
  }

  #emptyMain(): HTMLElement {
    this.#shown.abort();
    this.#shown = new AbortController();
    const main = place("main");
    main.replaceChildren();
    scrollTo(0, 0);
    return main;
  }
}
