import { LIBRARY_FORMATS } from "../../../src/library/formats.ts";
import { NEWEST_MIGRATION } from "../../../src/store/sql/newest-migration.ts";
import { BACKUP_FORMAT } from "./manifest.ts";

/** The newest form of everything on the disk that this version reads, as `paperboy --version` says it. */
export const formatWords = `formats: papers ${LIBRARY_FORMATS.papers}, database ${NEWEST_MIGRATION}, index ${LIBRARY_FORMATS.index}, backup ${BACKUP_FORMAT}`;
