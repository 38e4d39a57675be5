/**
 * Properties try other values at each run; in CI always the same ones, so that a change fails for what it changes. What a
 * run by hand finds becomes a test of its own.
 */
import fc from "fast-check";

if (process.env.CI) fc.configureGlobal({ seed: 945 });
