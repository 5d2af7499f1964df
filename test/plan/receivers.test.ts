import t from 'tap';

import type { Receiver } from '../../generator/model/receiver.js';
import { addressesOf, isFor } from '../../generator/plan/receivers.js';

const receivers: readonly Receiver[] = [
  { mail: 'tool@example.org', packages: ['tool'], kinds: ['red', 'green', 'digest'] },
  { webhook: 'https://chat.example.org/x', kinds: ['red'] },
  { mail: 'tool@example.org', packages: ['library'], kinds: ['red'] },
];

t.test('an address is told once of what any of its receivers asks for', (t) => {
  t.same(addressesOf(receivers), ['mail:tool@example.org', 'webhook:https://chat.example.org/x']);
  t.ok(isFor(receivers, 'mail:tool@example.org', 'red', 'library'));
  t.notOk(isFor(receivers, 'mail:tool@example.org', 'green', 'library'));
  t.ok(isFor(receivers, 'mail:tool@example.org', 'green', 'tool'));
  t.notOk(isFor(receivers, 'mail:tool@example.org', 'red', 'hello'));
  t.ok(isFor(receivers, 'webhook:https://chat.example.org/x', 'red', 'hello'));
  t.end();
});

t.test('what belongs to no package concerns everybody who wants its kind', (t) => {
  t.ok(isFor(receivers, 'mail:tool@example.org', 'green', undefined));
  t.notOk(isFor(receivers, 'webhook:https://chat.example.org/x', 'green', undefined));
  t.end();
});

t.test('without receivers there is the folder of messages, which has no digests', (t) => {
  t.same(addressesOf([]), ['file']);
  t.ok(isFor([], 'file', 'red', 'hello'));
  t.notOk(isFor([], 'file', 'digest', undefined));
  t.end();
});
