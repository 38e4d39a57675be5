/** The scaling lab: another step, other watermarks, and what they would have kept idle over the same demand. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import type { Simulation } from "../../analyze/schema/simulation.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import { contradictions } from "../../model/scaling/contradictions.ts";
import type { Demand } from "../../model/scaling/demand.ts";
import type { ScalingPolicy } from "../../model/scaling/policy.ts";
import { kmesh05, PRESETS } from "../../model/scaling/presets.ts";
import { simulated } from "../../report/charts/simulated.ts";
import { type Section, sectionHtml, sectionsOf } from "../../report/html/blocks.ts";
import { element, type Html, text } from "../../report/html/markup.ts";
import { outlineOf } from "../../report/parts/outlines.ts";
import { policyFile } from "../../report/parts/policy-file.ts";
import type { SimulationQuestion } from "../engine.ts";
import { labForm, valueText } from "../lab/controls.ts";
import {
  MOST_ENDPOINTS,
  MOST_SERVICES,
  RAMP,
  type Ramp,
  rampDemand,
  reportDemand,
} from "../lab/demand.ts";
import { changed, constantsOf, fromLink, SLIDERS } from "../lab/settings.ts";
import { drawPictures } from "../parts/chart.ts";
import { el, fromHtml } from "../parts/dom.ts";
import { defineView, type ViewContext } from "../view.ts";

export const scalingLab = defineView({
  id: "scaling-lab",
  title: "Scaling lab",
  question: "What would another step or other watermarks have kept idle?",
  absent: () => undefined,
  async mount(place, context) {
    const lab = new Lab(place, context);
    await lab.start();
  },
});

class Lab {
  readonly #place: HTMLElement;
  readonly #context: ViewContext;
  readonly #bases: readonly ScalingPolicy[];
  readonly #reported: Demand | undefined;
  #base: ScalingPolicy;
  #yours: ScalingPolicy;
  #ramp: Ramp;
  #useReported: boolean;
  /** What is being worked out; a newer question ends it. */
  #running: AbortController | undefined;
  /** Ends with the picture that is shown. */
  #drawn: AbortController | undefined;

  constructor(place: HTMLElement, context: ViewContext) {
    const { analysis, snapshot, state } = context;
    this.#place = place;
    this.#context = context;
    this.#reported = reportDemand(analysis.snapshots);
    this.#bases = basesFor(snapshot);
    const wanted = state.get("base") ?? snapshot.scaling?.policy.name ?? kmesh05.name;
    this.#base = this.#bases.find((it) => it.name === wanted) ?? kmesh05;
    this.#yours = changed(this.#base, fromLink(constantsOf(this.#base), state));
    this.#useReported = this.#reported !== undefined && state.get("demand") !== "ramp";
    this.#ramp = {
      services: within(state.get("services"), MOST_SERVICES) ?? RAMP.services,
      endpoints: within(state.get("endpoints"), MOST_ENDPOINTS) ?? RAMP.endpoints,
      andBack: state.get("back") !== "no",
    };
    context.signal.addEventListener("abort", () => {
      this.#running?.abort();
      this.#drawn?.abort();
    });
  }

  async start(): Promise<void> {
    this.#place.append(
      el(
        "div",
        { class: "lab-bench" },
        el("div", { class: "lab-form" }),
        el(
          "div",
          {},
          el("p", { class: "lab-verdict", role: "status" }),
          el("div", { class: "lab-chart" }),
          el("div", { class: "lab-file" }),
          el("div", { class: "lab-result" }),
        ),
      ),
    );
    this.#drawForm();
    const form = this.#part("lab-form");
    const { signal } = this.#context;
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    form.addEventListener("input", (event) => this.#onInput(event.target), { signal });
    form.addEventListener("click", (event) => this.#onClick(event.target), { signal });
    await this.#play();
  }

  #drawForm(): void {
    const form = labForm({
      bases: this.#bases,
      base: this.#base,
      constants: this.#yours,
      ...(this.#reported !== undefined && { reported: this.#reported.source }),
      useReported: this.#useReported,
      ramp: this.#ramp,
    });
    this.#part("lab-form").replaceChildren(fromHtml(form));
    this.#enable();
  }

  /** The ramp's fields count only where the report's own demand is not taken. */
  #enable(): void {
    for (const name of ["services", "endpoints", "andBack"]) {
      const field = this.#place.querySelector<HTMLInputElement>(`input[name="${name}"]`);
      if (field !== null) field.disabled = this.#useReported;
    }
  }

  #onInput(target: EventTarget | null): void {
    if (target instanceof HTMLSelectElement) {
      this.#base = this.#bases.find((it) => it.name === target.value) ?? this.#base;
      this.#take(this.#base);
      this.#drawForm();
      this.#place.querySelector<HTMLSelectElement>("select")?.focus();
    } else if (target instanceof HTMLInputElement) {
      this.#onField(target);
    }
    this.#keep();
    void this.#play();
  }

  #onField(field: HTMLInputElement): void {
    const slider = SLIDERS.find((it) => it.id === field.name);
    if (slider !== undefined) {
      const value = slider.toValue(field.valueAsNumber);
      this.#yours = { ...this.#yours, [slider.id]: value };
      const shown = valueText(slider, value);
      field.setAttribute("aria-valuetext", shown);
      const output = field.parentElement?.querySelector("output");
      if (output) output.textContent = shown;
      return;
    }
    if (field.name === "reported") this.#useReported = field.checked;
    if (field.name === "andBack") this.#ramp = { ...this.#ramp, andBack: field.checked };
    const services = field.name === "services" ? within(field.value, MOST_SERVICES) : undefined;
    const endpoints = field.name === "endpoints" ? within(field.value, MOST_ENDPOINTS) : undefined;
    if (services !== undefined) this.#ramp = { ...this.#ramp, services };
    if (endpoints !== undefined) this.#ramp = { ...this.#ramp, endpoints };
    this.#enable();
  }

  #onClick(target: EventTarget | null): void {
    if (!(target instanceof HTMLButtonElement)) return;
    if (target.name === "reset") {
      this.#take(this.#base);
      this.#drawForm();
      this.#focus("reset");
      this.#keep();
      void this.#play();
    }
    if (target.name === "recommend") void this.#search(target);
  }

  #take(constants: ScalingPolicy): void {
    this.#yours = changed(this.#base, constantsOf(constants));
  }

  #keep(): void {
    const { keep } = this.#context;
    const usual = this.#context.snapshot.scaling?.policy.name ?? kmesh05.name;
    keep("base", this.#base.name === usual ? undefined : this.#base.name);
    for (const { id } of SLIDERS) {
      keep(id, this.#yours[id] === this.#base[id] ? undefined : String(this.#yours[id]));
    }
    const isRamp = !this.#useReported;
    keep("demand", isRamp && this.#reported !== undefined ? "ramp" : undefined);
    keep("services", isRamp ? String(this.#ramp.services) : undefined);
    keep("endpoints", isRamp ? String(this.#ramp.endpoints) : undefined);
    keep("back", isRamp && !this.#ramp.andBack ? "no" : undefined);
  }

  #demand(): Demand {
    return this.#useReported && this.#reported !== undefined
      ? this.#reported
      : rampDemand(this.#ramp);
  }

  async #play(): Promise<void> {
    const [problem] = contradictions(this.#yours);
    if (problem !== undefined) {
      this.#running?.abort();
      this.#say(`These constants do not work together: ${problem.path} ${problem.message}.`);
      return;
    }
    const demand = this.#demand();
    const isSame = SLIDERS.every(({ id }) => this.#yours[id] === this.#base[id]);
    const policies = isSame ? [this.#base] : [this.#yours, this.#base];
    const result = await this.#ask({ ...this.#question(demand), policies });
    if (result !== undefined) await this.#show(result, demand);
  }

  async #search(button: HTMLButtonElement): Promise<void> {
    const demand = this.#demand();
    button.disabled = true;
    this.#say("Searching …");
    const question = { ...this.#question(demand), policies: [this.#base], recommend: {} };
    const result = await this.#ask(question, (done, all) => {
      this.#say(`Searching: ${formatCount(done)} of ${formatCount(all)} policies tried`);
    });
    button.disabled = false;
    if (result === undefined) return;
    const best = result.recommendation?.best?.policy;
    if (best === undefined) {
      this.#say("No policy that was tried stays within the bounds; the reason is below.");
      this.#part("lab-result").replaceChildren(fromHtml(sections(result)));
      return;
    }
    this.#take({ ...this.#base, ...best });
    this.#drawForm();
    this.#focus("recommend");
    this.#keep();
    await this.#play();
    this.#part("lab-result").append(fromHtml(sections(result, "Recommendation")));
  }

  #question(demand: Demand): Omit<SimulationQuestion, "policies"> {
    const { host } = this.#context.snapshot;
    return {
      demand,
      kernelSource:
        host.kernelRelease === undefined
          ? "assumed: no input names a kernel"
          : `${host.kernelRelease.basis}: ${host.kernelRelease.source}`,
      kernel: host.kernelRelease?.value ?? ASSUMED_KERNEL,
      possibleCpus: host.possibleCpus?.value ?? ASSUMED_CPUS,
    };
  }

  /** Undefined when something newer was asked, or the view was left. */
  async #ask(
    question: SimulationQuestion,
    onProgress?: (done: number, all: number) => void,
  ): Promise<Simulation | undefined> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    try {
      const result = await this.#context.engine.simulate(question, {
        signal: running.signal,
        ...(onProgress && { onProgress: ({ done, all }) => onProgress(done, all ?? done) }),
      });
      return running.signal.aborted ? undefined : result;
    } catch (error) {
      if (running.signal.aborted) return undefined;
      this.#say(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  async #show(result: Simulation, demand: Demand): Promise<void> {
    this.#say(verdict(result));
    this.#part("lab-result").replaceChildren(fromHtml(sections(result)));
    this.#part("lab-file").replaceChildren(fromHtml(this.#asFile(result)));
    this.#drawn?.abort();
    this.#drawn = new AbortController();
    const box = this.#part("lab-chart");
    box.replaceChildren();
    await drawPictures(box, [simulated(demand.slots, result.runs)], this.#drawn.signal);
  }

  /** What takes the policy to the command line, where it can be played over other logs. */
  #asFile({ runs }: Simulation): Html {
    if (runs.length < 2 || !PRESETS.includes(this.#base)) return "";
    const json = policyFile(this.#yours, this.#base.name);
    return element("section", { "aria-labelledby": "lab-file" }, [
      element("h3", { id: "lab-file" }, ["As a policy file"]),
      element("p", { class: "note" }, [
        "Saved as policy.json, it is played over any log: ",
        element("code", {}, ["mapscope simulate kmesh.log --policy policy.json"]),
      ]),
      element("pre", { tabindex: 0 }, [text(json)]),
    ]);
  }

  #say(words: string): void {
    this.#part("lab-verdict").textContent = words;
  }

  #focus(name: string): void {
    this.#place.querySelector<HTMLButtonElement>(`button[name="${name}"]`)?.focus();
  }

  #part(name: string): HTMLElement {
    const part = this.#place.querySelector<HTMLElement>(`.${name}`);
    if (part === null) throw new Error(`the lab lacks its part ${name}`);
    return part;
  }
}

const ASSUMED_KERNEL = "6.18";
const ASSUMED_CPUS = 8;

/** Policies that scale; the report's own where it is none of them. */
function basesFor({ scaling }: AnalysisSnapshot): ScalingPolicy[] {
  const presets = PRESETS.filter((it) => it.scaleUpStep + it.scaleUpShare > 0);
  if (scaling === undefined || PRESETS.some((it) => it.name === scaling.policy.name)) {
    return presets;
  }
  const { basis: _, ...policy } = scaling.policy;
  return [policy, ...presets];
}

/** `text` as a whole number from 0 to `most`; undefined when it is none. */
function within(value: string | undefined, most: number): number | undefined {
  if (value === undefined || !/^\d{1,9}$/.test(value)) return undefined;
  return Number(value) <= most ? Number(value) : undefined;
}

/** Yours against the other, in a sentence. */
function verdict({ runs }: Simulation): string {
  const [yours, other] = runs;
  if (yours === undefined) return "";
  const idle = (run: typeof yours) => {
    const maps = `${formatCount(Math.round(run.meanIdle))} maps`;
    return run.meanIdleBytes === undefined ? maps : `${maps} (${formatBytes(run.meanIdleBytes)})`;
  };
  const steps = (run: typeof yours) =>
    `${formatCount(run.stepCount)} ${run.stepCount === 1 ? "step" : "steps"}`;
  const refused =
    yours.refusals === 0 ? "" : ` It refuses ${formatCount(yours.refusals)} slots: too small.`;
  if (other === undefined) {
    return `${yours.policy.name} keeps ${idle(yours)} idle on average, in ${steps(yours)}.${refused} Move a slider to compare.`;
  }
  const share = other.meanIdle === 0 ? 0 : (other.meanIdle - yours.meanIdle) / other.meanIdle;
  const change =
    Math.round(share * 100) === 0
      ? "about the same"
      : `${Math.abs(Math.round(share * 100))} % ${share > 0 ? "less" : "more"}`;
  return (
    `Yours keeps ${idle(yours)} idle on average, ${other.policy.name} ${idle(other)}: ${change}, ` +
    `in ${steps(yours)} against ${steps(other)}.${refused}`
  );
}

/** The report of a simulation without its verdict, which stands above; or from one heading on. Steps are folded. */
function sections(result: Simulation, from?: string): Html {
  const [, ...blocks] = outlineOf<"simulation">(result, { verbose: true });
  const all = sectionsOf(blocks, "Demand");
  const start = from === undefined ? 0 : all.findIndex((it) => it.title === from);
  const isSteps = ({ title }: Section) => title.startsWith("Steps of");
  return (start < 0 ? [] : all.slice(start))
    .map(({ id, ...rest }) => ({ ...rest, id: `lab-${id}${from === undefined ? "" : "-found"}` }))
    .filter((it) => from === undefined || !isSteps(it))
    .map((it) => (isSteps(it) ? folded(it) : sectionHtml(it, "h3")))
    .join("");
}

function folded({ id, title, body }: Section): Html {
  return element("details", { id }, [element("summary", {}, [text(title)]), ...body]);
}
