/** The newest format of the record that this version reads: 1 had listings alone. It grows with every new kind of line. */
export const RECORD_FORMAT = 2;
