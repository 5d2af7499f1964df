import type { Address, Kind, Receiver } from '../model/receiver.js';
import { addressOf } from '../model/receiver.js';

/** Everybody who is told, each once, in the order of the matrix. Without any receiver it is the folder of messages. */
export function addressesOf(receivers: readonly Receiver[]): readonly Address[] {
  return receivers.length === 0 ? ['file'] : [...new Set(receivers.map(addressOf))];
}

/**
 * Whether an address is told of this kind of thing about a package. What belongs to no package concerns everybody. The folder of
 * messages has no maintainer, so it has no digests.
 */
export function isFor(receivers: readonly Receiver[], address: Address, kind: Kind, packageId: string | undefined): boolean {
  if (address === 'file') return kind !== 'digest';
  return receivers.some(
    (receiver) =>
      addressOf(receiver) === address &&
      receiver.kinds.includes(kind) &&
      (packageId === undefined || receiver.packages === undefined || receiver.packages.includes(packageId)),
  );
}
