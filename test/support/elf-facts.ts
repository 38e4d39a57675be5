/** Sections, programs and what they use, read from what `llvm-readelf` prints of an object and from its bytes. */

interface Named {
  readonly Name: string;
}

interface Section {
  readonly Name: Named;
  readonly Type: Named;
  readonly Offset: number;
  readonly Size: number;
  readonly Flags: { readonly Flags: readonly Named[] };
}

interface Symbol {
  readonly Name: Named;
  readonly Value: number;
  readonly Size: number;
  readonly Binding: Named;
  readonly Type: Named;
  readonly Section: Named;
  readonly Other: { readonly Flags: readonly Named[] };
}

interface Relocation {
  readonly Offset: number;
  readonly Type: Named;
  readonly Symbol: { readonly Name: string };
}

export interface Readelf {
  readonly ElfHeader: { readonly Ident: { readonly DataEncoding: { readonly Value: number } } };
  readonly Sections: readonly { readonly Section: Section }[];
  readonly Symbols: readonly { readonly Symbol: Symbol }[];
  readonly Relocations: readonly {
    readonly SectionIndex: number;
    readonly Relocs: readonly { readonly Relocation: Relocation }[];
  }[];
}

const VARIABLES = /^\.(data|rodata|bss)(\.|$)/;
const CALL = 0x85; // BPF_JMP | BPF_CALL
const TO_FUNCTION = 1; // BPF_PSEUDO_CALL

export class ElfFacts {
  readonly #sections: readonly Section[];
  readonly #symbols: readonly Symbol[];
  readonly #relocations: ReadonlyMap<string, readonly Relocation[]>;
  readonly #view: DataView;
  readonly isLittle: boolean;

  constructor(readelf: Readelf, bytes: Uint8Array) {
    this.#sections = readelf.Sections.map((it) => it.Section);
    this.#symbols = readelf.Symbols.map((it) => it.Symbol);
    this.#relocations = new Map(
      readelf.Relocations.map(({ SectionIndex, Relocs }) => [
        // `.relsocket` is of `socket`.
        this.#sections[SectionIndex]?.Name.Name.replace(/^\.rel/, "") ?? "",
        Relocs.map((it) => it.Relocation),
      ]),
    );
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.isLittle = readelf.ElfHeader.Ident.DataEncoding.Value === 1;
  }

  /** Sections of global variables, which loaders make arrays of one entry. */
  get variableSections(): { readonly name: string; readonly bytes: number }[] {
    return this.#sections
      .filter((it) => VARIABLES.test(it.Name.Name) && it.Size > 0)
      .map((it) => ({ name: it.Name.Name, bytes: it.Size }));
  }

  isHidden(variable: string): boolean {
    const symbol = this.#symbols.find((it) => it.Name.Name === variable);
    return symbol?.Other.Flags.some((it) => it.Name === "STV_HIDDEN") ?? false;
  }

  /** The five numbers of each map of the `maps` section, by name. */
  get legacyMaps(): (readonly [name: string, numbers: number[]])[] {
    return this.#symbolsIn("maps", "Object").map(({ Name, Value }) => [
      Name.Name,
      [0, 4, 8, 12, 16].map((at) => this.#u32("maps", Value + at)),
    ]);
  }

  get license(): string | undefined {
    const section = this.#section("license");
    if (section === undefined) return undefined;
    const { buffer, byteOffset } = this.#view;
    const text = new Uint8Array(buffer, byteOffset + section.Offset, section.Size);
    return new TextDecoder().decode(text).replace(/\0.*$/s, "");
  }

  /** Functions that can be loaded: visible ones in sections of instructions, `.text` aside. */
  get programs(): { readonly name: string; readonly section: string; readonly bytes: number }[] {
    const executable = this.#sections.filter((it) =>
      it.Flags.Flags.some((flag) => flag.Name === "SHF_EXECINSTR"),
    );
    return executable
      .filter((it) => it.Name.Name !== ".text")
      .flatMap((it) => this.#symbolsIn(it.Name.Name, "Function"))
      .filter((it) => it.Binding.Name !== "Local")
      .map((it) => ({ name: it.Name.Name, section: it.Section.Name, bytes: it.Size }));
  }

  /** A program with every function that it calls: names of the maps they refer to, sorted, and bytes of all. */
  used(section: string, program: string): { readonly maps: string[]; readonly bytes: number } {
    const start = this.#symbolsIn(section, "Function").find((it) => it.Name.Name === program);
    const reached = new Set<Symbol>();
    const maps = new Set<string>();
    const visit = (function_: Symbol | undefined) => {
      if (function_ === undefined || reached.has(function_)) return;
      reached.add(function_);
      for (const name of this.#mapsIn(function_)) maps.add(name);
      for (const callee of this.#calleesOf(function_)) visit(callee);
    };
    visit(start);
    return {
      maps: [...maps].sort(),
      bytes: [...reached].reduce((sum, it) => sum + it.Size, 0),
    };
  }

  #mapsIn(function_: Symbol): string[] {
    const sections = this.#relocationsIn(function_)
      .filter((it) => it.Type.Name === "R_BPF_64_64")
      .map((it) => this.#target(it));
    return sections.flatMap(({ Name, Section }) =>
      VARIABLES.test(Section.Name)
        ? [Section.Name]
        : /^\.?maps$/.test(Section.Name)
          ? [Name.Name]
          : [],
    );
  }

  #calleesOf(function_: Symbol): (Symbol | undefined)[] {
    const relocations = this.#relocationsIn(function_);
    const section = function_.Section.Name;
    const callees: (Symbol | undefined)[] = [];
    for (let at = function_.Value; at < function_.Value + function_.Size; at += 8) {
      if (!this.#isCall(section, at)) continue;
      const distance = (this.#i32(section, at + 4) + 1) * 8;
      const relocation = relocations.find((it) => it.Offset === at);
      const target = relocation && this.#target(relocation);
      // Without a relocation it is counted from the next instruction, with one from the symbol.
      callees.push(
        target === undefined
          ? this.#functionAt(section, at + distance)
          : this.#functionAt(target.Section.Name, target.Value + distance),
      );
    }
    return callees;
  }

  #isCall(section: string, at: number): boolean {
    const start = (this.#section(section)?.Offset ?? 0) + at;
    const registers = this.#view.getUint8(start + 1);
    const source = this.isLittle ? registers >> 4 : registers & 15;
    return this.#view.getUint8(start) === CALL && source === TO_FUNCTION;
  }

  #functionAt(section: string, at: number): Symbol | undefined {
    return this.#symbolsIn(section, "Function").find((it) => it.Value === at);
  }

  #relocationsIn({ Section, Value, Size }: Symbol): Relocation[] {
    const all = this.#relocations.get(Section.Name) ?? [];
    return all.filter((it) => it.Offset >= Value && it.Offset < Value + Size);
  }

  #target({ Symbol: { Name } }: Relocation): Symbol {
    const symbol = this.#symbols.find((it) => it.Name.Name === Name);
    if (symbol === undefined) throw new Error(`no symbol ${Name}`);
    return symbol;
  }

  #symbolsIn(section: string, type: string): Symbol[] {
    return this.#symbols.filter((it) => it.Section.Name === section && it.Type.Name === type);
  }

  #section(name: string): Section | undefined {
    return this.#sections.find((it) => it.Name.Name === name);
  }

  #u32(section: string, at: number): number {
    return this.#view.getUint32((this.#section(section)?.Offset ?? 0) + at, this.isLittle);
  }

  #i32(section: string, at: number): number {
    return this.#u32(section, at) | 0;
  }
}
