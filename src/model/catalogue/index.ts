/** Every project whose maps are known by name; a new one is one data file and one line here. */
import { type Catalogue, type CatalogueData, catalogueOf } from "./catalogue.ts";
import kmesh from "./kmesh.json" with { type: "json" };

export const catalogues: readonly Catalogue[] = [catalogueOf(kmesh as CatalogueData)];
