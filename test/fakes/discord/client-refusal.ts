/** What Discord's own client would not let a person do: a test asked for it. Nothing was sent to the app. */
export class ClientRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ClientRefusal";
  }
}
