/**
 * The floors of the repository, from the top down (ARCHITECTURE.md draws them). A package may import those of the floors
 * below its own, and none of its own floor. Type imports count as others do: who has to read another file to understand
 * this one does not care what the compiler drops.
 */
const FLOORS = [
  ['server', 'web'],
  ['node', 'workspace'],
  ['livekit', 'mattermost', 'telephony', 'recording'],
  ['sfu', 'sip', 'cluster'],
  ['transport', 'audio', 'store'],
  ['access', 'contract', 'rtp', 'wire'],
  ['core'],
];

/** Packages that may know less than their floor allows. */
const FORBIDDEN = {
  // The page knows what the server says, not how it comes about.
  web: FLOORS.flat().filter((name) => !['web', 'contract'].includes(name)),
  // The command joins the parts; packets are the business of `node` and those below it.
  server: ['sfu', 'rtp', 'wire', 'transport'],
};

const sourcesOf = (names) => `^(apps|packages)/(${names.join('|')})/src/`;

const floorRules = FLOORS.flatMap((names, floor) =>
  names.map((name) => {
    const above = FLOORS.slice(0, floor + 1)
      .flat()
      .filter((other) => other !== name);
    return {
      name: `floor-of-${name}`,
      comment: `Imports run downward only: move what ${name} needs to a floor below it, or hand it in as an argument.`,
      severity: 'error',
      from: { path: sourcesOf([name]) },
      to: { path: sourcesOf([...above, ...(FORBIDDEN[name] ?? [])]) },
    };
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Files that need each other are read together or not at all: cut out what both need.',
      severity: 'error',
      from: { path: '^(apps|packages|bench)/' },
      to: { circular: true },
    },
    {
      name: 'by-name',
      comment: 'Import a package by its name, not by its files.',
      severity: 'error',
      from: { path: '^(apps|packages)/([^/]+)/src/' },
      to: { path: '^(apps|packages)/[^/]+/', pathNot: '^(apps|packages)/$2/', dependencyTypes: ['local'] },
    },
    ...floorRules,
  ],
  options: {
    includeOnly: '^(apps|packages|bench)/[^/]+/(src/|[^/]+$)|^bench/src/',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.css'],
    },
  },
};
