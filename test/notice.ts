import type { Notice } from '../generator/model/notice.js';

/** A message to try servers with. */
export function noticeOf(more: Partial<Notice> = {}): Notice {
  return {
    id: 'a'.repeat(32),
    number: 1,
    address: 'mail:erlang@example.org',
    kind: 'red',
    subject: 'hello_1.2_debian_bookworm_linux-amd64',
    created: 1_767_225_600,
    title: 'red: hello_1.2_debian_bookworm_linux-amd64: package fault in step build',
    text: 'It does not compile: “ä”.\n.\nA line with a dot alone stands above.\n',
    facts: { package: 'hello', failures: 2 },
    tries: 0,
    error: '',
    ...more,
  };
}
