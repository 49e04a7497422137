/** The name of the newest migration (migrations.ts), for whoever says it without a database. */
export const NEWEST_MIGRATION = "0018-taste";
