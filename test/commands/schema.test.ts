import { readdirSync, readFileSync } from 'node:fs';

import t from 'tap';

import { renderSchemas } from '../../generator/commands/schema.js';
import { CliWorkspace } from '../cli.js';

interface Schema {
  readonly properties: Readonly<Record<string, { readonly description?: string }>>;
  readonly required: readonly string[];
  readonly additionalProperties: boolean;
}

t.test('the schemas in matrix/schema/ are up to date', (t) => {
  const schemas = renderSchemas();

  t.same(
    readdirSync('matrix/schema')
      .map((name) => `matrix/schema/${name}`)
      .sort(),
    [...schemas.keys()].sort(),
  );
  for (const [path, text] of schemas) t.equal(readFileSync(path, 'utf8'), text, `${path}: node out/generator/cli.mjs schema writes it`);
  t.end();
});

t.test('an editor hears of every key, of those that must stand, and of unknown ones', (t) => {
  const schema = JSON.parse(renderSchemas().get('matrix/schema/package.json') ?? '') as Schema;

  t.match(schema.properties.needs, { description: 'Packages of this matrix that must be installed to build it.' });
  t.ok(schema.required.includes('versions'));
  t.notOk(schema.required.includes('overrides'), 'what has a default may be left out');
  t.equal(schema.additionalProperties, false);
  t.end();
});

t.test('every matrix file names its schema', (t) => {
  for (const file of ['distros', 'workspace']) t.match(readFileSync(`matrix/${file}.yaml`, 'utf8'), `# yaml-language-server: $schema=schema/${file}.json\n`);
  for (const file of readdirSync('matrix/packages').filter((name) => name.endsWith('.yaml'))) {
    t.match(readFileSync(`matrix/packages/${file}`, 'utf8'), '# yaml-language-server: $schema=../schema/package.json\n', file);
  }
  t.end();
});

t.test('schema writes what differs, and with --check only says so', async (t) => {
  const workspace = new CliWorkspace(t);

  const before = await workspace.run('schema', '--check');
  const written = await workspace.run('schema');
  const after = await workspace.run('schema', '--check');

  t.match(before, {
    exitCode: 1,
    stdout:
      'missing: matrix/schema/distros.json\nmissing: matrix/schema/lock.json\nmissing: matrix/schema/package.json\nmissing: matrix/schema/workspace.json\n',
  });
  t.match(written, { exitCode: 0 });
  t.match(after, { exitCode: 0, stdout: '' });
});
