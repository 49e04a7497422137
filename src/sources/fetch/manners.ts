/** What one host is told with every request, and how patiently it is asked. Sent to this host alone, also after redirects. */
export interface Manners {
  /** Such as `x-api-key`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Parameters of every address, such as `mailto`; they stand in no problem. */
  readonly query?: Readonly<Record<string, string>>;
  /** Keys among these, which are taken out of all that the host says before it is told to anybody. */
  readonly secrets?: readonly string[];
  /** How often a request is tried that fails in a way that may pass. Default as all hosts. */
  readonly attempts?: number;
}

/** The address with what its host is told. */
export function addressWith(url: string, { query = {} }: Manners): string {
  const address = new URL(url);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address.href;
}

/** A text without the keys, in whatever way a host repeats them. */
export function withoutSecrets(text: string, { secrets = [] }: Manners): string {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return forms.reduce((kept, form) => kept.replaceAll(form, "…"), text);
}
