import t from 'tap';

import { findChecksum } from '../../generator/model/checksums.js';

const sum = (digit: string): string => digit.repeat(64);

t.test('a file has the checksum of its own line, whatever way it was read and written', (t) => {
  const list = `${sum('a')}  hello-2.10.tar.gz\n${sum('B')} *hello-2.1.tar.gz\r\n# a remark\n${sum('c')}  other hello-2.10.tar.gz\n`;

  t.equal(findChecksum(list, 'hello-2.10.tar.gz'), sum('a'));
  t.equal(findChecksum(list, 'hello-2.1.tar.gz'), sum('b'));
  t.equal(findChecksum(list, 'hello-2.1.tar'), undefined);
  t.equal(findChecksum(`${sum('a').slice(1)}  hello\n`, 'hello'), undefined);
  t.equal(findChecksum('', ''), undefined);
  t.end();
});
