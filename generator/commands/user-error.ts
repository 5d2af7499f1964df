/** A mistake that is the user's to mend: its text goes to standard error and the exit status is 2. */
export class UserError extends Error {}
