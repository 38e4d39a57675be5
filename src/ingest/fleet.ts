/**
 * Reads inputs folder by folder and archive by archive. As soon as two of them have turned out to be
 * hosts, each is built when it has been read and its facts are let go: a hundred captures take the
 * memory of the largest.
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { FileFacts } from "./facts.ts";
import type { Given } from "./file-groups.ts";
import { foldersIn, isArchiveName } from "./file-name.ts";
import { type Branches, branches, Hosts, hasList, unitsIn } from "./hosts.ts";
import type { ByteSource, SavedAnalysis } from "./importer.ts";
import { joinFiles } from "./join-files.ts";
import { compareText } from "./text-order.ts";
import { toSnapshot } from "./to-snapshot.ts";
import { byTime, Labels, newUnit, type Order, orderOf, share, type Unit } from "./unit.ts";

export type Read = (input: ByteSource) => Promise<readonly FileFacts[]>;

export interface Built<Result> {
  readonly results: Result[];
  /** Saved results, each once, in the order of their files. */
  readonly saved: SavedAnalysis[];
  readonly diagnostics: Diagnostic[];
}

/** `labels`: the label that the user gave an input, by its name. */
export async function readFleet<Result>(
  inputs: readonly ByteSource[],
  labels: ReadonlyMap<string, string>,
  read: Read,
  build: (snapshot: Snapshot) => Result,
): Promise<Built<Result>> {
  const fleet = new Fleet(read, build, labels.size > 0);
  const sorted = [...inputs].sort((a, b) => compareText(a.file, b.file));
  const shared = await fleet.readOthers(sorted.filter(({ file }) => !labels.has(file)));
  const order = [...new Set(labels.values())];
  for (const [place, label] of order.entries()) {
    const own = sorted.filter(({ file }) => labels.get(file) === label);
    await fleet.readLabelled(own, { label, place }, shared);
  }
  return fleet.finish(shared);
}

class Fleet<Result> {
  readonly #read: Read;
  readonly #build: (snapshot: Snapshot) => Result;
  readonly #built: { readonly order: Order; readonly result: Result }[] = [];
  readonly #saved = new Map<string, SavedAnalysis>();
  readonly #diagnostics: Diagnostic[] = [];
  readonly #labels = new Labels();
  readonly #hasLabelled: boolean;

  constructor(read: Read, build: (snapshot: Snapshot) => Result, hasLabelled: boolean) {
    this.#read = read;
    this.#build = build;
    this.#hasLabelled = hasLabelled;
  }

  /** Inputs that the user gave no label; what is given back goes with every snapshot. */
  async readOthers(inputs: readonly ByteSource[]): Promise<readonly FileFacts[]> {
    const { direct: beside, children } = plan(inputs);
    const direct: FileFacts[] = [];
    const waiting = new Map<string, readonly FileFacts[]>();
    for (const input of beside) {
      const files = await this.#facts(input);
      // An archive by another name is a folder all the same.
      if (files.length > 1 && files[0]?.format !== "gzip") waiting.set(input.file, files);
      else direct.push(...files);
    }
    const hosts = new Hosts([...waiting.keys(), ...children.keys()]);
    const loose: FileFacts[] = [];
    let shared: readonly FileFacts[] | undefined;
    const finishWaiting = () => {
      shared ??= this.#besideHosts(direct);
      for (const [key, files] of waiting) {
        const part = hosts.read(key, files, hosts.placeOf(key));
        this.#diagnostics.push(...part.diagnostics);
        loose.push(...part.loose);
        this.#finishUnits(part.units, shared);
      }
      waiting.clear();
    };
    let lists = [...waiting.values()].filter(hasList).length;
    for (const [key, group] of children) {
      const files: FileFacts[] = [];
      for (const input of group) files.push(...(await this.#facts(input)));
      waiting.set(key, files);
      if (hasList(files)) lists += 1;
      if (lists > 1) finishWaiting();
    }
    if (lists > 1) {
      finishWaiting();
      return [...(shared ?? []), ...loose];
    }
    const all = unitsIn([...direct, ...[...waiting.values()].flat()]);
    this.#diagnostics.push(...all.diagnostics);
    this.#finishUnits(all.units, all.loose, !this.#hasLabelled);
    return all.loose;
  }

  async readLabelled(inputs: readonly ByteSource[], given: Given, shared: readonly FileFacts[]) {
    const files: FileFacts[] = [];
    for (const input of inputs) files.push(...(await this.#facts(input, given.label)));
    const { units, loose, diagnostics } = joinFiles(files, undefined, given);
    this.#diagnostics.push(...diagnostics);
    this.#finishUnits(units, [...shared, ...loose]);
  }

  finish(shared: readonly FileFacts[]): Built<Result> {
    if (this.#built.length === 0 && shared.some((file) => file.readable)) {
      const unit: Unit = newUnit(undefined);
      this.#finishUnits([unit], shared, true);
    }
    this.#built.sort((a, b) => byTime(a.order, b.order));
    return {
      results: this.#built.map(({ result }) => result),
      saved: [...this.#saved.values()].sort((a, b) => compareText(a.file, b.file)),
      diagnostics: this.#diagnostics,
    };
  }

  /** What lies beside hosts: lists are snapshots of their own, the rest goes with all. */
  #besideHosts(files: readonly FileFacts[]): readonly FileFacts[] {
    const { units, loose, diagnostics } = joinFiles(files);
    this.#diagnostics.push(...diagnostics);
    this.#finishUnits(units, loose);
    return loose;
  }

  /** A saved result is whole: beside the facts it would look like one more file of some snapshot. */
  async #facts(input: ByteSource, label?: string): Promise<readonly FileFacts[]> {
    const files = await this.#read(input);
    for (const file of files) {
      this.#diagnostics.push(...file.diagnostics);
      for (const saved of savedIn(file)) {
        const key = `${label ?? ""}\n${file.fingerprint}`;
        if (this.#saved.has(key)) continue;
        this.#saved.set(key, label === undefined ? saved : { ...saved, label });
      }
    }
    return files.filter((file) => !isOnlySaved(file));
  }

  /** From here on nothing holds the facts of these units. */
  #finishUnits(units: readonly Unit[], shared: readonly FileFacts[], areAll = false) {
    share(shared, units);
    this.#labels.name(units, areAll);
    for (const unit of units) {
      this.#built.push({ order: orderOf(unit), result: this.#build(toSnapshot(unit)) });
    }
  }
}

function isOnlySaved(file: FileFacts): boolean {
  const parts = [file.whole, ...file.sections.values()];
  return savedIn(file).length > 0 && parts.every((it) => it.isOnlyHost);
}

function savedIn({ whole, sections }: FileFacts): SavedAnalysis[] {
  return [whole, ...sections.values()].flatMap((it) => it.saved);
}

/**
 * What lies beside the folders and archives is read first, as it may go with each of them: a name like
 * an archive's puts an input later.
 */
function plan(inputs: readonly ByteSource[]): Branches<ByteSource> {
  const { direct, children } = branches(inputs, ({ file }) =>
    foldersIn(isArchiveName(file) ? `${file}/` : file),
  );
  const [only, another] = children.values();
  if (!only || another) return { direct, children };
  const inner = plan(only);
  return { direct: [...direct, ...inner.direct], children: inner.children };
}
