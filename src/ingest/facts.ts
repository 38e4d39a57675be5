/** What the inputs said, before it is known which of it makes one snapshot. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { ObjectFile } from "../model/object-file.ts";
import type {
  HostClaim,
  KernelStructSizes,
  MapColumns,
  MapDump,
  MapHolder,
  MapSummary,
  Program,
  ProgramUsage,
  ScaleEvent,
} from "../model/snapshot.ts";

export class Facts {
  readonly maps: MapColumns[] = [];
  readonly holders: MapHolder[] = [];
  readonly summaries: MapSummary[] = [];
  readonly dumps: MapDump[] = [];
  readonly programs: Program[] = [];
  readonly programUsage: ProgramUsage[] = [];
  readonly objects: ObjectFile[] = [];
  readonly structSizes: KernelStructSizes[] = [];
  readonly scaleEvents: ScaleEvent[] = [];
  readonly host: HostClaim[] = [];

  /** Facts that stand for one moment; the rest (logs, host facts, usage by program) go with any. */
  get hasMaps(): boolean {
    const { maps, summaries, dumps, programs } = this;
    return maps.length + summaries.length + dumps.length + programs.length > 0;
  }

  /** Nothing, or nothing but words about the host. */
  get isOnlyHost(): boolean {
    const { programUsage, scaleEvents, objects } = this;
    return !this.hasMaps && programUsage.length + scaleEvents.length + objects.length === 0;
  }

  get isEmpty(): boolean {
    return this.isOnlyHost && this.host.length === 0;
  }
}

/** One input that was read, as far as it could be. */
export interface FileFacts {
  readonly file: string;
  readonly format: string;
  readonly bytes: number;
  /** Equal for equal content, with all but certainty. */
  readonly fingerprint: string;
  readonly whole: Facts;
  /** In the order of the input. */
  readonly sections: ReadonlyMap<string, Facts>;
  readonly diagnostics: readonly Diagnostic[];
  /** False when the input could not be read at all. */
  readonly readable: boolean;
}
