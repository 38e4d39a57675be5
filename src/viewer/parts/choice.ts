/** A row of buttons of which one is pressed: for the few values of a switch. */
import { button, el } from "./dom.ts";

export function choice<Value extends string>(
  label: string,
  values: readonly Value[],
  chosen: Value,
  choose: (value: Value) => void,
  titles?: Readonly<Record<Value, string>>,
): HTMLElement {
  const buttons = values.map((value) =>
    button(
      titles?.[value] ?? value,
      () => {
        for (const it of buttons) it.setAttribute("aria-pressed", String(it === pressed(value)));
        choose(value);
      },
      { "aria-pressed": String(value === chosen) },
    ),
  );
  const pressed = (value: Value) => buttons[values.indexOf(value)];
  return el("fieldset", {}, el("legend", { class: "hidden-text" }, label), ...buttons);
}
