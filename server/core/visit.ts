/** Where an act comes from, as far as credentials and limits care. Nothing of it is stored in clear but the device. */
export type Visit = {
  /** The client's address as limits count it: IPv4 whole, IPv6 by its /64. */
  readonly addressGroup: string;
  /** A random id kept in a cookie of this browser, to which one-time codes and challenges are bound. */
  readonly browserId: string;
  /** Browser and system in two words ("Chrome · Android"), by which people recognise their sessions. */
  readonly device: string;
  /** The public origin of this deployment, from its configuration or the checked Host of the request. */
  readonly origin: string;
};
