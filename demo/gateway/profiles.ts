/** What a customer pays with: a card or a bank account, never both. */
export type Pays = {by: 'card'; number: string} | {by: 'check'; accountNumber: string; routingNumber: string};

/** A customer as the gateway keeps it. */
export interface Profile {
  id: string;
  /** Of the billing address; empty if none was sent. */
  name: string;
  pays: Pays;
}

/** The customer that is there from the start: the demo's shop sells to it. */
const FIRST: Profile = {
  id: 'isoline-1',
  name: 'Sample Shopper',
  pays: {by: 'card', number: '4012000098765439'},
};

/** Beyond this many, the oldest profile but the first one's is forgotten. */
const MOST_PROFILES = 10_000;

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
      if (profiles.size <= MOST_PROFILES) return;
      const [oldest, next] = profiles.keys();
      profiles.delete((oldest === FIRST.id ? next : oldest) ?? '');
    },
    forget(id) {
      profiles.delete(id);
    },
  };
}
