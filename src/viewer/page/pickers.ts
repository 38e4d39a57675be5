/** Buttons that pick files or a folder, and a field that takes pasted text. */
import type { Input } from "../engine.ts";
import { button, el } from "../parts/dom.ts";
import { pastedInput, pickedInputs } from "./inputs.ts";

export type Take = (inputs: readonly Input[]) => void;

export function filePicker(text: string, take: Take, folder: boolean): HTMLElement {
  const input = el("input", {
    type: "file",
    multiple: true,
    webkitdirectory: folder,
    class: "hidden",
    tabindex: -1,
    "aria-label": text,
  });
  input.addEventListener("change", () => {
    const inputs = pickedInputs(input.files ?? []);
    input.value = "";
    if (inputs.length > 0) take(inputs);
  });
  return el(
    "span",
    {},
    button(text, () => input.click()),
    input,
  );
}

export function pasteField(take: Take): HTMLElement {
  const field = el("textarea", {
    rows: 6,
    id: "paste",
    placeholder: "bpftool map show, a log, a whole bug report",
    spellcheck: "false",
  });
  const read = () => {
    if (field.value.trim() !== "") take([pastedInput(field.value)]);
    else field.focus();
  };
  return el(
    "div",
    { class: "paste" },
    el("label", { for: "paste" }, "Or paste text"),
    field,
    button("Read the text", read),
  );
}
