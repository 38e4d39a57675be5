/** Elements made by hand: all text goes in as text, harmless as in every report, and no attribute can hold a script. */
import type { Html } from "../../report/html/markup.ts";
import { safeText } from "../../report/parts/safe-text.ts";

type Value = string | number | boolean | undefined;
type Attributes = Readonly<Record<string, Value>>;
export type Child = Node | string | undefined;

/** `true` is an attribute without a value; `false` and undefined are none. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(key, value === true ? "" : safeText(String(value)));
  }
  append(element, children);
  return element;
}

export function append(place: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child !== undefined) place.append(typeof child === "string" ? safeText(child) : child);
  }
}

/** A button that does something at once. */
export function button(text: string, act: () => void, attributes: Attributes = {}): HTMLElement {
  const element = el("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", act);
  return element;
}

/** Text in which `code` stands between backticks. */
export function proseNodes(raw: string): Child[] {
  return raw
    .split("`")
    .map((part, index, parts) =>
      index % 2 === 1 && index < parts.length - 1 ? el("code", {}, part) : part,
    );
}

/** The one place where markup comes in: made by src/report/html, which escapes whatever an input holds. */
export function fromHtml(html: Html): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}
