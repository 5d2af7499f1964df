import processOnSpawn from 'process-on-spawn';

const instrumentation = /"?--import=\S*@tapjs\/processinfo\S*/;

// tap has every program that a test starts say which files it loads, for coverage, which is not measured here. Without that, node
// starts in a third of the processor time, and tests start it some thousand times.
processOnSpawn.addListener((spawned) => {
  const { NODE_OPTIONS: options = '', ...others } = spawned.env;
  const rest = options.replace(instrumentation, '').trim();
  spawned.env = rest === '' ? others : { ...others, NODE_OPTIONS: rest };
});
