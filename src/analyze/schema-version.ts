/** The version of every result's schema; apart from the schemas, whose building a start would wait for. */

export const SCHEMA_VERSION = "1";
