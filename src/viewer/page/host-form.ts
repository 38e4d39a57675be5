/** What the user knows of the host and the input does not tell: release and possible CPUs. The inputs are read again with it. */
import type { HostFacts } from "../engine.ts";
import { el } from "../parts/dom.ts";

/** Up to the most that Linux can be built for. */
const MOST_CPUS = 8192;
/** As `uname -r` prints it. */
const RELEASE = "v?\\d{1,3}\\.\\d{1,3}([.\\s+~_\\-].*)?";

export function hostForm(given: HostFacts, apply: (host: HostFacts) => void): HTMLElement {
  const kernel = el("input", {
    type: "text",
    pattern: RELEASE,
    placeholder: "6.1.19",
    title: "as uname -r prints it",
    size: 16,
  });
  kernel.value = given.kernel ?? "";
  const cpus = el("input", { type: "number", min: 1, max: MOST_CPUS, placeholder: "8" });
  cpus.value = given.possibleCpus === undefined ? "" : String(given.possibleCpus);
  const form = el(
    "form",
    { class: "host" },
    el("p", {}, el("label", {}, "Kernel release ", kernel)),
    el("p", {}, el("label", {}, "Possible CPUs ", cpus)),
    el(
      "p",
      { class: "note" },
      "What is left empty is taken from the input. A saved analysis keeps its own.",
    ),
    el("button", { type: "submit" }, "Read again"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const release = kernel.value.trim().replace(/^v/, "");
    apply({
      ...(release !== "" && { kernel: release }),
      ...(cpus.value !== "" && { possibleCpus: cpus.valueAsNumber }),
    });
  });
  return el("details", { class: "menu" }, el("summary", {}, "Host"), el("div", {}, form));
}
