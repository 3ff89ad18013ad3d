/** One entry of apt's configuration, as far as it matters for choosing a mirror. */
export interface AptSource {
  readonly types: readonly string[];
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** Path of a keyring, a fingerprint, or an armored key block. */
  readonly signedBy?: string;
}
