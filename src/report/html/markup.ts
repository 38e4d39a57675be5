/** HTML as text: everything of the input goes through `text` or an attribute, so that it is shown and does nothing. */
import { safeText } from "../parts/safe-text.ts";

/** Markup that is ready; made by the functions here only. */
export type Html = string;

const ENTITY: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function text(raw: string): Html {
  return safeText(raw).replace(/[&<>"']/g, (it) => ENTITY[it] ?? it);
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

export function element(name: string, attributes: Attributes, children: readonly Html[]): Html {
  const all = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${text(String(value))}"`)
    .join("");
  return `<${name}${all}>${children.join("")}</${name}>`;
}

/** Text in which `code` stands between backticks, as the messages of rules have it. */
export function prose(raw: string): Html {
  return raw
    .split("`")
    .map((part, index, parts) =>
      index % 2 === 1 && index < parts.length - 1 ? element("code", {}, [text(part)]) : text(part),
    )
    .join("");
}

/** An id for links: letters, digits and dashes of a heading. */
export function anchor(heading: string): string {
  const words = heading.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join("-").slice(0, 60) || "section";
}
