import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { makeFolder } from './folder.js';
import { runTool } from './tools.js';

/** A suite to be written. */
export interface Suite {
  readonly path: string;
  readonly architectures: readonly string[];
  /** Its packages, as name_version_architecture; the version has its epoch, which file names lack. */
  readonly packages: readonly string[];
}

/**
 * Indexes of apt, made by aptly (https://www.aptly.info).
 *
 * Its database is a cache: everything that was ever added is in the one local repository `all`; a suite gets a local repository of its
 * own for as long as it takes to write it. What a kill left of it is thrown away.
 */
export class Aptly {
  private readonly config: string;
  private readonly stage: string;

  constructor(
    private readonly folder: string,
    private readonly origin: string,
  ) {
    this.config = join(folder, 'aptly.conf');
    this.stage = join(folder, 'stage');
  }

  private async run(...words: readonly string[]): Promise<string> {
    return runTool('aptly', [`-config=${this.config}`, ...words]);
  }

  /** Takes up where an earlier run was ended, whatever it left. */
  async open(): Promise<void> {
    makeFolder(this.folder);
    rmSync(this.stage, { recursive: true, force: true });
    const endpoints = { stage: { rootDir: resolve(this.stage), linkMethod: 'hardlink', verifyMethod: 'md5' } };
    const config = { rootDir: resolve(this.folder, 'root'), gpgDisableSign: true, gpgDisableVerify: true, FileSystemPublishEndpoints: endpoints };
    writeFileSync(this.config, JSON.stringify(config));
    for (const line of (await this.run('publish', 'list', '-raw')).split('\n').filter(Boolean)) {
      const [prefix = '', suite = ''] = line.split(' ');
      await this.run('publish', 'drop', '-force-drop', suite, prefix);
    }
    for (const name of (await this.run('repo', 'list', '-raw')).split('\n').filter((line) => line !== '' && line !== 'all'))
      await this.run('repo', 'drop', '-force', name);
    if (!(await this.run('repo', 'list', '-raw')).split('\n').includes('all')) await this.run('repo', 'create', 'all');
  }

  /** Forgets everything. */
  reset(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Takes package files up; those that it has already cost next to nothing. */
  async add(paths: readonly string[]): Promise<void> {
    if (paths.length > 0) await this.run('repo', 'add', 'all', ...paths);
  }

  /** Writes suites with their pool, unsigned, below one folder; gives that folder. */
  async write(id: string, suites: readonly Suite[]): Promise<string> {
    for (const { path, architectures, packages } of suites) {
      await this.run('repo', 'create', path);
      if (packages.length > 0) await this.run('repo', 'copy', 'all', path, ...packages);
      await this.run(
        ...['publish', 'repo', '-batch', '-acquire-by-hash', '-skip-signing', '-skip-contents', `-distribution=${path}`, '-component=main'],
        ...[`-architectures=${architectures.join(',')}`, `-origin=${this.origin}`, `-label=${this.origin}`, path, `filesystem:stage:${id}`],
      );
    }
    const written = join(this.stage, id);
    return existsSync(written) ? written : '';
  }
}
