import type { Argv } from 'yargs';

/** Takes a command's exit status when it has ended. */
export type Run = (command: () => number | Promise<number>) => () => Promise<void>;

/** What limits listings and builds. */
const filters = {
  package: { type: 'string', array: true, describe: 'only these packages' },
  version: { type: 'string', array: true, describe: 'only these versions' },
  distro: { type: 'string', array: true, describe: 'only these distros' },
  platform: { type: 'string', array: true, describe: 'only these platforms, such as linux-arm64' },
} as const;

/** Verbs about what there is to build. */
function declareMatrixVerbs(y: Argv, run: Run): Argv {
  return y
    .command(
      'generate',
      'write Makefile, rules and Dockerfiles; only what differs',
      (y) => y.option('check', { type: 'boolean', default: false, describe: 'write nothing; print differences and exit with 1 if there are any' }),
      async (argv) =>
        run(async () => (argv.check ? (await import('./commands/regenerate.js')).check() : (await import('./commands/generate.js')).generate()))(),
    )
    .command(
      'list',
      'the targets of the matrix',
      (y) =>
        y
          .options(filters)
          .option('json', { type: 'boolean', default: false, describe: 'one JSON list' })
          .option('full', { type: 'boolean', default: false, describe: 'also what is built only by name' })
          .option('excluded', { type: 'boolean', default: false, describe: 'also what is excluded, with the reason' }),
      async (argv) => run(async () => (await import('./commands/list.js')).list(argv))(),
    )
    .command(
      'explain <targets..>',
      'why a target is or is not there, what it is made of, and what would be rebuilt',
      (y) => y.positional('targets', { type: 'string', array: true, demandOption: true }).option('goals', { type: 'string', default: '', hidden: true }),
      async (argv) => run(async () => (await import('./commands/explain.js')).explain(argv.targets, argv.goals.split(' ').filter(Boolean)))(),
    )
    .command(
      'show <target>',
      "a target's Dockerfile",
      (y) => y.positional('target', { type: 'string', demandOption: true }),
      async (argv) => run(async () => (await import('./commands/show.js')).show(argv.target))(),
    )
    .command(
      'add [package] [version]',
      'fetch the source of a version, pin it, and put the version into the matrix',
      (y) =>
        y
          .positional('package', { type: 'string', default: '' })
          .positional('version', { type: 'string', default: '' })
          .option('source', { type: 'string', describe: 'only this kind of source; else the first that can be had' })
          .option('mirror', { type: 'string', describe: 'a folder or address with sources by their upstream names, tried first' })
          .option('offline', { type: 'boolean', default: false, describe: 'only from a mirror that is a folder' }),
      async (argv) => run(async () => (await import('./commands/add.js')).add(argv))(),
    )
    .command(
      'outdated [packages..]',
      'which versions upstream has that the matrix does not',
      (y) => y.positional('packages', { type: 'string', array: true, default: [] as string[] }),
      async (argv) => run(async () => (await import('./commands/outdated.js')).outdated(argv.packages))(),
    )
    .command(
      'bump [packages..]',
      "give each series upstream's newest version",
      (y) =>
        y
          .positional('packages', { type: 'string', array: true, default: [] as string[] })
          .option('series', {
            type: 'string',
            array: true,
            default: [] as string[],
            describe: 'only these, such as erlang_28, also when the matrix does not have them',
          })
          .option('mirror', { type: 'string', describe: 'a folder or address with sources by their upstream names, tried first' })
          .option('offline', { type: 'boolean', default: false, describe: 'sources only from a mirror that is a folder' })
          .option('iterations', { type: 'boolean', default: false, describe: 'ask nobody; only raise iterations where only the packaging has changed' })
          .option('commit', { type: 'boolean', default: false, describe: 'commit the matrix' }),
      async (argv) => run(async () => (await import('./commands/bump.js')).bump({ ...argv, package: argv.packages }))(),
    )
    .command(
      'lock',
      'look up the digests of all base images and write matrix/lock.yaml',
      (y) => y,
      async () => run(async () => (await import('./commands/lock.js')).lock())(),
    )
    .command(
      'builders',
      'create the buildx builders of the workspace that are not there yet',
      (y) => y.option('show', { type: 'boolean', default: false, describe: 'only print the docker commands' }),
      async (argv) => run(async () => (await import('./commands/builders.js')).builders(argv.show))(),
    )
    .command(
      'platforms',
      'how packages are compiled for each platform of each distro',
      (y) => y,
      async () => run(async () => (await import('./commands/platforms.js')).platforms())(),
    )
    .command(
      'schema',
      'write the JSON schemas that editors use',
      (y) => y.option('check', { type: 'boolean', default: false }),
      async (argv) => run(async () => (await import('./commands/schema.js')).schema(argv.check))(),
    );
}

/** Verbs about what has become of it. */
function declareBuildVerbs(y: Argv, run: Run): Argv {
  return y
    .command(
      'status',
      'every cell of the matrix with its state, and since when',
      (y) =>
        y
          .options(filters)
          .option('json', { type: 'boolean', default: false, describe: 'one JSON list' })
          .option('state', { type: 'string', array: true, default: [] as string[], describe: 'only cells in these states' })
          .option('full', { type: 'boolean', default: false, describe: 'also what is excluded or built only by name' }),
      async (argv) => run(async () => (await import('./commands/status.js')).status(argv))(),
    )
    .command(
      'report',
      'write a static site of what has become of every cell',
      (y) => y,
      async () => run(async () => (await import('./commands/report.js')).report())(),
    )
    .command(
      'build',
      'build what is due: what is not there, but not what failed with the same inputs a short while ago',
      (y) => y.options(filters).options({ minutes: { type: 'number' }, cost: { type: 'number' } }),
      async (argv) => run(async () => (await import('./commands/build.js')).build(argv))(),
    )
    .command(
      'nightly',
      'bump, generate, build, try upgrades, publish, promote by rules, report, notify',
      (y) => y,
      async () => run(async () => (await import('./commands/nightly.js')).nightly())(),
    )
    .command(
      'transitions <target>',
      "the Dockerfile in which a built target's package is tried in upgrades, for scripts/upgrade",
      (y) => y.positional('target', { type: 'string', demandOption: true }),
      async (argv) => run(async () => (await import('./commands/transitions.js')).transitions(argv.target))(),
    )
    .command(
      'watch',
      'show what is built here now, until nothing is',
      (y) => y.option('make', { type: 'string', describe: 'only what this process, a make, builds, until it has ended' }),
      async (argv) => run(async () => (await import('./commands/watch.js')).watch(argv.make))(),
    )
    .command(
      'notify',
      'tell of what turned red and what is green again, and deliver what waits',
      (y) => y,
      async () => run(async () => (await import('./commands/notify.js')).notify())(),
    )
    .command(
      'schedule',
      'start the nightly run every night',
      (y) =>
        y.options({
          at: { type: 'string', default: '02:30', describe: 'time of day' },
          kind: { choices: ['systemd', 'cron'] as const, describe: 'without it systemd where it runs, else cron' },
          settings: { type: 'string', default: '', describe: 'further words for make' },
          show: { type: 'boolean', default: false, describe: 'only print what would be installed' },
          remove: { type: 'boolean', default: false, describe: 'take it away again' },
        }),
      async (argv) => run(async () => (await import('./commands/schedule.js')).schedule(argv))(),
    );
}

/** Verbs about what is published. */
function declarePublishVerbs(y: Argv, run: Run): Argv {
  return y
    .command(
      'key',
      "make the workspace's signing key",
      (y) => y,
      async () => run(async () => (await import('./commands/signer.js')).key())(),
    )
    .command(
      'rotate-key',
      'the next step from one signing key to another',
      (y) => y.option('retire', { type: 'string', describe: 'a key that shall sign no more' }),
      async (argv) => run(async () => (await import('./commands/signer.js')).rotateKey(argv.retire))(),
    )
    .command(
      'publish',
      'publish what is built and tested',
      (y) => y,
      async () => run(async () => (await import('./commands/publish.js')).publish())(),
    )
    .command(
      'promote [from] [to] [series..]',
      'give one channel what another has; without channels, follow the rules of the workspace',
      (y) =>
        y
          .positional('from', { type: 'string', default: '' })
          .positional('to', { type: 'string', default: '' })
          .positional('series', { type: 'string', array: true, default: [] }),
      async (argv) =>
        run(async () =>
          argv.from === '' && argv.to === ''
            ? (await import('./commands/promote-by-rules.js')).promoteRipe()
            : (await import('./commands/channels.js')).promote(argv.from, argv.to, argv.series),
        )(),
    )
    .command(
      'rollback <channel> <release>',
      'give a channel what it had in an earlier release',
      (y) => y.positional('channel', { type: 'string', demandOption: true }).positional('release', { type: 'string', demandOption: true }),
      async (argv) => run(async () => (await import('./commands/channels.js')).rollback(argv.channel, argv.release))(),
    )
    .command(
      'purge',
      'remove releases and packages that nobody can go back to',
      (y) =>
        y.options({
          really: { type: 'boolean', default: false, describe: 'without it: only say what would go' },
          releases: { type: 'number', default: 10, describe: 'releases behind the served one to keep' },
          days: { type: 'number', default: 30, describe: 'keep releases that are younger' },
        }),
      async (argv) => run(async () => (await import('./commands/purge.js')).purge(argv.really, argv))(),
    )
    .command(
      'published <target>',
      "a target's published package: checksum and place",
      (y) => y.positional('target', { type: 'string', demandOption: true }),
      async (argv) => run(async () => (await import('./commands/published.js')).published(argv.target))(),
    )
    .command(
      'verify <file>',
      'check a downloaded package from end to end',
      (y) => y.positional('file', { type: 'string', demandOption: true }),
      async (argv) => run(async () => (await import('./commands/verify.js')).verify(argv.file))(),
    )
    .command(
      'serve <port>',
      'serve the repository on this machine',
      (y) => y.positional('port', { type: 'number', demandOption: true }),
      async (argv) => run(async () => (await import('./commands/serve.js')).serve(argv.port))(),
    )
    .command(
      'releases',
      'the states of the repository',
      (y) => y,
      async () => run(async () => (await import('./commands/channels.js')).releases())(),
    );
}

/** Declares every verb. A command is loaded when it runs: make asks `generate` often, mostly to hear that nothing changed. */
export function declareVerbs(y: Argv, run: Run): Argv {
  return declarePublishVerbs(declareBuildVerbs(declareMatrixVerbs(y, run), run), run);
}
