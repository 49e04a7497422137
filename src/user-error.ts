/**
 * Something the person asking can mend. The message says what is wrong, what is allowed and what to do next, and
 * is shown to that person as written. Everything else that is thrown is a fault of the program.
 */
export class UserError extends Error {
  override readonly name = "UserError";
}
