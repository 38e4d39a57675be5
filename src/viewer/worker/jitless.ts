/** Imported first: schemas that are made after this compile no functions, and do not try whether they might. */
import { z } from "zod";

z.config({ jitless: true });
