/** The lab's form: presets, sliders and the demand, as markup. What it is set to is read by the view. */
import { formatCount } from "../../base/units.ts";
import type { ScalingPolicy } from "../../model/scaling/policy.ts";
import { element, type Html, text } from "../../report/html/markup.ts";
import { MOST_ENDPOINTS, MOST_SERVICES, type Ramp } from "./demand.ts";
import { type Constants, SLIDERS, type Slider } from "./settings.ts";

export interface Form {
  readonly bases: readonly ScalingPolicy[];
  readonly base: ScalingPolicy;
  readonly constants: Constants;
  /** Of the report; absent when it tells none. */
  readonly reported?: string;
  readonly useReported: boolean;
  readonly ramp: Ramp;
}

export function labForm({ bases, base, constants, reported, useReported, ramp }: Form): Html {
  const options = bases.map(({ name }) =>
    element("option", { value: name, selected: name === base.name ? "" : undefined }, [text(name)]),
  );
  return element("form", { class: "lab", autocomplete: "off" }, [
    fieldset("Compared with", [
      labelled("Policy", element("select", { name: "base" }, options)),
      element("p", { class: "note", id: "lab-source" }, [text(base.source)]),
    ]),
    fieldset("Demand", [
      ...(reported === undefined ? [] : [reportedChoice(reported, useReported)]),
      numberField("services", "Services", ramp.services, MOST_SERVICES),
      numberField("endpoints", "Endpoints of each", ramp.endpoints, MOST_ENDPOINTS),
      checkbox("andBack", "and down to none again", ramp.andBack),
    ]),
    fieldset("Yours", [
      ...SLIDERS.map((it) => sliderField(it, constants[it.id])),
      element("p", { class: "actions" }, [
        button("recommend", "Find a better one"),
        button("reset", "Back to the policy above"),
      ]),
    ]),
  ]);
}

export function valueText({ unit }: Slider, value: number): string {
  if (unit === "slots") return `${formatCount(value)} slots`;
  return `${Number((value * 100).toFixed(1))} %`;
}

function fieldset(title: string, children: readonly Html[]): Html {
  return element("fieldset", {}, [element("legend", {}, [text(title)]), ...children]);
}

function labelled(label: string, control: Html): Html {
  return element("label", {}, [`${text(label)} `, control]);
}

function reportedChoice(reported: string, isChosen: boolean): Html {
  return checkbox("reported", `As in the report: ${reported}`, isChosen);
}

function checkbox(name: string, label: string, isChecked: boolean): Html {
  const box = element("input", { type: "checkbox", name, checked: isChecked ? "" : undefined }, []);
  return element("label", { class: "check" }, [box, ` ${text(label)}`]);
}

function numberField(name: string, label: string, value: number, max: number): Html {
  return labelled(
    label,
    element("input", { type: "number", name, value, min: 0, max, step: 1, required: "" }, []),
  );
}

function sliderField(slider: Slider, value: number): Html {
  const { id, label, min, max, step } = slider;
  const place = Math.min(max, Math.max(min, slider.toPlace(value)));
  const shown = valueText(slider, value);
  return element("label", { class: "slider" }, [
    element("span", {}, [text(label)]),
    element(
      "input",
      { type: "range", name: id, min, max, step, value: place, "aria-valuetext": shown },
      [],
    ),
    element("output", { for: id }, [text(shown)]),
  ]);
}

function button(name: string, label: string): Html {
  return element("button", { type: "button", name }, [text(label)]);
}
