/** Pods by what joins them, so that a fleet's thousands are joined in one pass. */
import type { ReportPart } from "../usage/part.ts";
import { partKey, subjectKey } from "./part-key.ts";
import type { Pod } from "./pod.ts";

interface Part {
  count: number;
  /** With a uid and without a name yet. */
  readonly nameless: Set<Pod>;
}

const NONE: Part = { count: 0, nameless: new Set() };

export class PodIndex {
  readonly pods: Pod[] = [];
  readonly #byUid = new Map<string, Pod>();
  readonly #byName = new Map<string, Pod[]>();
  readonly #byContainer = new Map<string, Pod>();
  readonly #parts = new Map<string, Part>();
  /** Of a subject, those that are of a variant of it. */
  readonly #inVariants = new Map<string, Pod[]>();

  add(pod: Pod): Pod {
    this.pods.push(pod);
    const key = partKey(pod.part);
    const part = this.#parts.get(key) ?? { count: 0, nameless: new Set() };
    this.#parts.set(key, part);
    part.count += 1;
    if (pod.uid !== undefined) {
      this.#byUid.set(`${key}\n${pod.uid}`, pod);
      part.nameless.add(pod);
    }
    if (pod.part?.variant !== undefined) push(this.#inVariants, subjectKey(pod.part), pod);
    return pod;
  }

  name(pod: Pod, name: string): void {
    if (pod.name !== undefined) return;
    pod.name = name;
    const key = partKey(pod.part);
    push(this.#byName, `${key}\n${name}`, pod);
    this.#parts.get(key)?.nameless.delete(pod);
  }

  container(pod: Pod, name: string): void {
    pod.containers.push(name);
    const key = `${partKey(pod.part)}\n${name}`;
    if (!this.#byContainer.has(key)) this.#byContainer.set(key, pod);
  }

  ofUid(uid: string | undefined, part: ReportPart | undefined): Pod | undefined {
    return uid === undefined ? undefined : this.#byUid.get(`${partKey(part)}\n${uid}`);
  }

  ofName(name: string, namespace: string | undefined, part: ReportPart | undefined) {
    return this.#byName
      .get(`${partKey(part)}\n${name}`)
      ?.find(
        (it) => it.namespace === undefined || namespace === undefined || it.namespace === namespace,
      );
  }

  /** Nameless, with a container whose name the pod's name is, or begins with. */
  ofContainerNamed(name: string, part: ReportPart | undefined): Pod | undefined {
    for (let end = name.length; end > 0; end = name.lastIndexOf("-", end - 1)) {
      const found = this.#byContainer.get(`${partKey(part)}\n${name.slice(0, end)}`);
      if (found !== undefined && found.name === undefined) return found;
    }
    return undefined;
  }

  /** The pod of a part that has one, as long as it has no name. */
  onlyNameless(part: ReportPart | undefined): Pod | undefined {
    const { count, nameless } = this.#parts.get(partKey(part)) ?? NONE;
    const [only] = nameless;
    return count === 1 ? only : undefined;
  }

  inVariantsOf(part: ReportPart | undefined): readonly Pod[] {
    return this.#inVariants.get(subjectKey(part)) ?? [];
  }
}

function push(map: Map<string, Pod[]>, key: string, pod: Pod) {
  const list = map.get(key);
  if (list) list.push(pod);
  else map.set(key, [pod]);
}
