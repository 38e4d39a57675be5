// world root:component/root
import type * as MapscopeParseErrors from './interfaces/mapscope-parse-errors.js'; // mapscope:parse/errors@1.0.0
import type * as MapscopeParseColumns from './interfaces/mapscope-parse-columns.js'; // mapscope:parse/columns@1.0.0
import type * as MapscopeParseMaps from './interfaces/mapscope-parse-maps.js'; // mapscope:parse/maps@1.0.0
import type * as MapscopeParseDumps from './interfaces/mapscope-parse-dumps.js'; // mapscope:parse/dumps@1.0.0
import type * as MapscopeParsePrograms from './interfaces/mapscope-parse-programs.js'; // mapscope:parse/programs@1.0.0
import type * as MapscopeParseObjects from './interfaces/mapscope-parse-objects.js'; // mapscope:parse/objects@1.0.0
export interface ImportObject {
}
export interface Root {
  'mapscope:parse/errors@1.0.0': typeof MapscopeParseErrors,
  errors: typeof MapscopeParseErrors,
  'mapscope:parse/columns@1.0.0': typeof MapscopeParseColumns,
  columns: typeof MapscopeParseColumns,
  'mapscope:parse/maps@1.0.0': typeof MapscopeParseMaps,
  maps: typeof MapscopeParseMaps,
  'mapscope:parse/dumps@1.0.0': typeof MapscopeParseDumps,
  dumps: typeof MapscopeParseDumps,
  'mapscope:parse/programs@1.0.0': typeof MapscopeParsePrograms,
  programs: typeof MapscopeParsePrograms,
  'mapscope:parse/objects@1.0.0': typeof MapscopeParseObjects,
  objects: typeof MapscopeParseObjects,
}

/**
* Instantiates this component with the provided imports and
* returns a map of all the exports of the component.
*
* This function is intended to be similar to the
* `WebAssembly.Instantiate` constructor. The second `imports`
* argument is the "import object" for wasm, except here it
* uses component-model-layer types instead of core wasm
* integers/numbers/etc.
*
* The first argument to this function, `getCoreModule`, is
* used to compile core wasm modules within the component.
* Components are composed of core wasm modules and this callback
* will be invoked per core wasm module. The caller of this
* function is responsible for reading the core wasm module
* identified by `path` and returning its compiled
* `WebAssembly.Module` object. This would use the
* `WebAssembly.Module` constructor on the web, for example.
*/
export function instantiate(
getCoreModule: (path: string) => WebAssembly.Module,
imports: ImportObject,
instantiateCore?: (module: WebAssembly.Module, imports: Record<string, any>) => WebAssembly.Instance
): Root;
export function instantiate(
getCoreModule: (path: string) => WebAssembly.Module | Promise<WebAssembly.Module>,
imports: ImportObject,
instantiateCore?: (module: WebAssembly.Module, imports: Record<string, any>) => WebAssembly.Instance | Promise<WebAssembly.Instance>
): Root | Promise<Root>;

