import t from 'tap';

import { strictView, Templates } from '../../generator/render/templates.js';

function render(text: string, view: object): string {
  return new Templates(new Map([['x.njk', text]])).render('x.njk', strictView(view));
}

t.test('a template sees the keys of its view, unescaped', (t) => {
  t.equal(render('{% for word in words %}\n{{ word }};\n{% endfor %}\n', { words: ['<a>', '&'] }), '<a>;\n&;\n');
  t.end();
});

const typos = [
  '{{ typo }}',
  '{% if typo %}x{% endif %}',
  '{% for x in typo %}x{% endfor %}',
  '{{ row.typo }}',
  '{% if row.typo %}x{% endif %}',
  '{% for x in row.typo %}x{% endfor %}',
];

for (const text of typos) {
  t.test(`${text} is an error, not nothing`, (t) => {
    t.throws(() => render(text, { row: strictView({ name: 'x' }) }), { message: /typo|undefined/ });
    t.end();
  });
}

t.test('what a value contains is never a template', (t) => {
  t.equal(render('{{ text }}', { text: '{{ 7 * 7 }}{% include "x.njk" %}{# #}' }), '{{ 7 * 7 }}{% include "x.njk" %}{# #}');
  t.end();
});

t.test('a template that is not there is an error with its name', (t) => {
  t.throws(() => new Templates(new Map()).render('deb.njk', strictView({})), { message: 'Internal error: no template deb.njk' });
  t.end();
});
