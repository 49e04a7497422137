/** Where the pages are served. */
export interface WebSettings {
  /** The address to listen at; 127.0.0.1 unless set. */
  readonly host: string;
  /** From 0 to 65535; 0 takes any that is free. */
  readonly port: number;
  /** The public address behind a reverse proxy, without a path; absent where the pages are for this machine alone. */
  readonly url?: string;
}
