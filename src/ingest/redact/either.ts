/** A redactor for a format that has a JSON form and a text form. */
import type { Redactor } from "./redactor.ts";

export function redactEither(json: Redactor, text: Redactor): Redactor {
  return (source, head, redaction) =>
    (head.json === undefined ? text : json)(source, head, redaction);
}
