/** What a customer pays with: a card or a bank account, never both. */
export type Pays = {by: 'card'; number: string} | {by: 'check'; accountNumber: string; routingNumber: string};

/** A customer that the gateway stores. */
export interface Profile {
  id: string;
  /** Name in the billing address; empty if it was not sent. */
  name: string;
  pays: Pays;
}

/** The predefined customer, which the demo's shop charges. */
const FIRST: Profile = {
  id: 'isoline-1',
  name: 'Sample Shopper',
  pays: {by: 'card', number: '4012000098765439'},
};

/** Beyond this number, the oldest profile is dropped, except the predefined one. */
const MAX_PROFILES = 10_000;

export interface Profiles {
  find(id: string): Profile | undefined;
  keep(profile: Profile): void;
  forget(id: string): void;
}

/** The gateway's customers, in memory. */
export function createProfiles(): Profiles {
  const profiles = new Map([[FIRST.id, FIRST]]);
  return {
    find: (id) => profiles.get(id),
    keep(profile) {
      profiles.set(profile.id, profile);
      if (profiles.size <= MAX_PROFILES) return;
      const [oldest, next] = profiles.keys();
      profiles.delete((oldest === FIRST.id ? next : oldest) ?? '');
    },
    forget(id) {
      profiles.delete(id);
    },
  };
}
