/** Which releases of a known project define a map so: for a live map that is not what its object declares. */
import type { MapDefinition } from "../definition.ts";
import { fits } from "../identify.ts";
import { kernelName } from "../kernel-name.ts";
import { catalogues } from "./index.ts";

/** `["Kmesh v1.0.0", "Kmesh v1.1.0"]`; none where no project has such a map under this name. */
export function releasesWith(name: string, definition: MapDefinition): string[] {
  return catalogues.flatMap(({ project, releases }) =>
    releases
      .filter(({ modes }) =>
        modes.some(({ maps }) =>
          maps.some(
            ({ definition: known }) =>
              known.name !== null &&
              known.sizeVaries !== true &&
              kernelName(known.name) === name &&
              fits(known, definition),
          ),
        ),
      )
      .map(({ version }) => `${project} ${version}`),
  );
}
