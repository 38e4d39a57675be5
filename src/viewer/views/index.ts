/** All views, in the order of the menu; the first is what is shown when a link names none. */
import type { View } from "../view.ts";
import { overview } from "./overview.ts";

export const views: readonly View[] = [overview];
