/** The database's name in the state folder. */
export const DATABASE_FILE = "paperboy.sqlite";
