/** What every page says about the house: whose it is, and who answers for it. From the settings, nothing secret. */
export type Site = {
  /** The brand's name as customers know it. */
  readonly brand: string;
  /** The legal person that operates it. */
  readonly operator: string;
  /** The ICP filing number 备案号; null where there is none to show. */
  readonly filing: string | null;
  /** How to reach the person in charge of protecting personal information (PIPL Art. 52). */
  readonly privacyContact: string;
  readonly environment: "production" | "demo" | "development";
};
