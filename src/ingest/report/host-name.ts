/** Which host a heading or a prompt of a report names. */

const KIND = "node|host|machine|server|worker|master|control[ -]?plane|节点|主机|机器";
/** `Node: red`, `host = 10.0.0.7`: after a colon any word is a name. */
const AFTER_COLON = new RegExp(`^(?:on |at )?(?:${KIND})\\s*[:：=]\\s*([\\w.-]{1,63})$`, "i");
/** `Node worker-2`, `host A`: after a blank it must look like one. */
const AFTER_BLANK = new RegExp(
  `^(?:on |at )?(?:${KIND})(?:\\s+|\\s*#\\s*)((?=[\\w.-]*[\\d.-])[\\w.-]{1,63}|[A-Z])$`,
  "i",
);
/** `worker-2`, `gke-node-pool-7f`: a name with such a word in it and a number. */
const ALONE =
  /^(?:on |at )?((?=[\w.-]*(?:node|host|worker|master|server|control-?plane))(?=\D*\d)[\w.-]{1,63})$/i;

/** `[root@node-1 ~]#`, `root@node-1:~#`. */
const PROMPT =
  /^\s*(?:\[[^\]\s@]+@([\w.-]{1,63})[^\]]*\]\s*[#$]|[\w.-]+@([\w.-]{1,63}):[^#$]*[#$](?:\s|$))/;
const NAMELESS = /^localhost(?:$|\.)/i;

/** Undefined for a heading that says anything else. */
export function hostInHeading(heading: string): string | undefined {
  const words = heading
    .replace(/^[\s#]+/, "")
    .replace(/[*`"]+/g, "")
    .replace(/[\s#:：]+$/, "")
    .trim();
  const [, name] = AFTER_COLON.exec(words) ?? AFTER_BLANK.exec(words) ?? ALONE.exec(words) ?? [];
  return name;
}

/** Undefined where the prompt shows no host, or the name that every host has. */
export function hostInPrompt(line: string): string | undefined {
  const [, inBrackets, plain] = PROMPT.exec(line) ?? [];
  const name = inBrackets ?? plain;
  return name === undefined || NAMELESS.test(name) ? undefined : name;
}
