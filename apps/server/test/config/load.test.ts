import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { SECRET, temporaryFolder } from '../support.js';

function file(content: string): string {
  const path = join(temporaryFolder(), 'parley.yaml');
  writeFileSync(path, content);
  return path;
}

function problems(content: string, environment: Record<string, string> = {}): string[] {
  try {
    loadConfig(environment, file(content));
  } catch (error) {
    if (error instanceof Error) return error.message.split('\n').slice(1);
  }
  return [];
}

describe('loadConfig', () => {
  test('takes a variable with a name of its own, and leaves those of other programs alone', () => {
    const url = 'postgres://parley:word@db/parley';
    expect(loadConfig({ DATABASE_URL: url, OTHER_URL: 'x' }).config.database.url).toBe(url);
    expect(() => loadConfig({ DATABASE_URL: 'mysql://parley:word@db' })).toThrow(
      /^The configuration has mistakes:\n- database.url \(DATABASE_URL\): write a URL that begins with postgres:\/\/$/,
    );
  });

  test('an empty file gives the defaults', () => {
    const { config, warnings } = loadConfig({}, file(''));
    expect(config.http).toEqual({ host: 'localhost', port: 8045, trusted_proxies: [] });
    expect(config.media).toMatchObject({ port: 8443, addresses: [], stun_servers: [], bind: [] });
    expect(config).toMatchObject({ data_dir: './data', keys: {}, guests: 'auto', log: { level: 'info' } });
    expect(config.limits.message_bytes).toBe(2_097_152);
    expect(warnings).toEqual([]);
  });

  test('reads every kind of value from the file', () => {
    const { config } = loadConfig(
      {},
      file(`http: { host: 0.0.0.0, port: 80 }
media:
  addresses: [192.0.2.1, '2001:db8::1']
keys:
  first: ${SECRET}
guests: on
limits: { rooms: 3 }`),
    );
    expect(config.http).toMatchObject({ host: '0.0.0.0', port: 80 });
    expect(config.media.addresses).toEqual(['192.0.2.1', '2001:db8::1']);
    expect(config.keys).toEqual({ first: SECRET });
    expect(config.guests).toBe('on');
    expect(config.limits.rooms).toBe(3);
  });

  test('the environment wins over the file', () => {
    const environment = {
      PARLEY_HTTP_PORT: '9000',
      PARLEY_MEDIA_ADDRESSES: '192.0.2.1, 192.0.2.2',
      PARLEY_HTTP_HOST: '127.0.0.1',
      PARLEY_LIMITS_PARTICIPANTS_PER_ROOM: '7',
      PARLEY_LOG_FORMAT: 'json',
    };
    const { config } = loadConfig(environment, file('http: { port: 80 }\nmedia:\nlimits: { rooms: 3 }'));
    expect(config.http).toMatchObject({ host: '127.0.0.1', port: 9000 });
    expect(config.media.addresses).toEqual(['192.0.2.1', '192.0.2.2']);
    expect(config.limits).toMatchObject({ rooms: 3, participants_per_room: 7 });
    expect(config.log.format).toBe('json');
  });

  test('PARLEY_CONFIG names the file', () => {
    const path = file('http: { port: 81 }');
    const loaded = loadConfig({ PARLEY_CONFIG: path });
    expect(loaded.config.http.port).toBe(81);
    expect(loaded.file).toBe(path);
  });

  test('PARLEY_API_KEYS holds pairs, one a line or separated by commas', () => {
    const { config } = loadConfig(
      { PARLEY_API_KEYS: `one: ${SECRET}\n two:${SECRET}2 , three : a:b` },
      file(''),
    );
    expect(config.keys).toEqual({ one: SECRET, two: `${SECRET}2`, three: 'a:b' });
  });

  test('variables of rtcd stand for their own, win over the file, and mistakes are told by their name', () => {
    const environment = { RTCD_RTC_ICEPORTUDP: '8444', RTCD_RTC_ICEHOSTOVERRIDE: 'calls.example.org' };
    const { config, warnings } = loadConfig(environment, file('media: { port: 1, bind: [192.0.2.1] }'));
    expect(config.media).toMatchObject({
      port: 8444,
      host_override: 'calls.example.org',
      bind: ['192.0.2.1'],
    });
    expect(warnings).toEqual([
      'RTCD_RTC_ICEPORTUDP is taken for PARLEY_MEDIA_PORT: use that name',
      'RTCD_RTC_ICEHOSTOVERRIDE is taken for PARLEY_MEDIA_HOST_OVERRIDE: use that name',
    ]);
    expect(
      problems('', {
        RTCD_RTC_ICEHOSTPORTOVERRIDE: '10.0.0.1/8443,10.0.0.1/8444',
        RTCD_RTC_ICESERVERS: '[{"urls":',
        RTCD_API_HTTP_LISTENADDRESS: 'localhost',
      }),
    ).toEqual([
      '- http.port (RTCD_API_HTTP_LISTENADDRESS) is "localhost": write a whole number from 0 to 65535',
      '- media.port_override (RTCD_RTC_ICEHOSTPORTOVERRIDE) is "10.0.0.1/8443,10.0.0.1/8444": write a whole number from 1 to 65535, or local IP address/port pairs such as 10.0.0.7/8443, separated by commas',
      '- RTCD_RTC_ICESERVERS is not valid JSON',
    ]);
  });

  test('PARLEY_ICE_SERVERS holds JSON', () => {
    const servers = [
      { urls: ['stun:stun.example.org:3478'] },
      { urls: ['turns:turn.example.org:443?transport=tcp'], secret: 'north' },
    ];
    const { config } = loadConfig({ PARLEY_ICE_SERVERS: JSON.stringify(servers) }, file(''));
    expect(config.ice_servers).toEqual(servers.map((server) => ({ ...server, ttl: 86_400 })));
  });

  test.each([
    ['[{', 'PARLEY_ICE_SERVERS is not valid JSON'],
    ['{}', 'ice_servers (PARLEY_ICE_SERVERS): write a list of servers, each with urls'],
    [
      '["turn:hunter2"]',
      'ice_servers.0 (PARLEY_ICE_SERVERS): write urls, and for TURN a secret or a username and credential',
    ],
    ['[{"urls":[]}]', 'ice_servers.0.urls (PARLEY_ICE_SERVERS): write at least one URL'],
    [
      '[{"urls":["https://hunter2"]}]',
      'ice_servers.0.urls.0 (PARLEY_ICE_SERVERS): write a list of URLs that begin with stun:, stuns:, turn: or turns:, with ports up to 65535',
    ],
    [
      '[{"urls":["stun:[2001:db8::1]:3478", "stun:[2001:db8::1]", "turn:hunter2:65536?transport=tcp"],"secret":"s"}]',
      'ice_servers.0.urls.2 (PARLEY_ICE_SERVERS): write a list of URLs that begin with stun:, stuns:, turn: or turns:, with ports up to 65535',
    ],
    [
      '[{"urls":["turn:a"],"username":"hunter2"}]',
      'ice_servers.0 (PARLEY_ICE_SERVERS): write a secret, or a username and credential, with TURN servers',
    ],
    [
      '[{"urls":["turn:a"],"username":"a","credential":"hunter2","secret":"hunter2"}]',
      'ice_servers.0 (PARLEY_ICE_SERVERS): write either a secret or a username and credential, not both',
    ],
    [
      '[{"urls":["turn:a"],"secret":"hunter2","ttl":1}]',
      'ice_servers.0.ttl (PARLEY_ICE_SERVERS): write a whole number from 60 to 604800',
    ],
    [
      '[{"urls":["stun:a"],"usrname":"hunter2"}]',
      'ice_servers.0.usrname is not a known key; did you mean username?',
    ],
  ])('refuses the ICE servers %s without repeating them', (json, sentence) => {
    expect(problems('', { PARLEY_ICE_SERVERS: json })).toEqual([`- ${sentence}`]);
  });

  test('warns of a secret that is too short, without saying it', () => {
    const { warnings } = loadConfig({ PARLEY_API_KEYS: 'devkey: hunter2' }, file(''));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/API key devkey is shorter than 32 characters/);
    expect(warnings[0]).not.toContain('hunter2');
  });

  test('lists all problems at once, each with its name, what was given and what to write', () => {
    const environment = {
      PARLEY_HTTP_PORT: 'http',
      PARLEY_GUESTS: 'maybe',
      PARLEY_MEDIA_BIND: '192.0.2.1,eth0',
    };
    expect(problems('log: { level: loud }\ndata_dir: 7', environment)).toEqual([
      '- http.port (PARLEY_HTTP_PORT) is "http": write a whole number from 0 to 65535',
      '- media.bind (PARLEY_MEDIA_BIND) is "eth0": write a list of IP addresses',
      '- data_dir (in the file) is 7: write the path of a folder',
      '- guests (PARLEY_GUESTS) is "maybe": write one of auto, on, off',
      '- log.level (in the file) is "loud": write one of debug, info, warn, error',
    ]);
  });

  test.each([
    ['htpp: { port: 1 }', 'htpp is not a known key; did you mean http?'],
    ['http: { prot: 1 }', 'http.prot is not a known key; did you mean http.port?'],
    ['rooms: 5', 'rooms is not a known key; did you mean limits.rooms?'],
    ['zzzzzzzzzzzz: 5', 'zzzzzzzzzzzz is not a known key'],
    ['http: 8045', 'http (in the file) is 8045: write keys and values, indented below it'],
    ['http: { port: 65536 }', 'http.port (in the file) is 65536: write a whole number from 0 to 65535'],
    ['http: { port: 80.5 }', 'http.port (in the file) is 80.5: write a whole number from 0 to 65535'],
    [
      'http: { host: "" }',
      'http.host (in the file) is "": write a host name or an IP address, such as localhost or 0.0.0.0',
    ],
    [
      'http: { trusted_proxies: [10.0.0.0/33] }',
      'http.trusted_proxies (in the file) is "10.0.0.0/33": write a list of IP addresses or ranges such as 10.0.0.0/8',
    ],
    [
      'media: { addresses: example.org }',
      'media.addresses (in the file) is "example.org": write a list of IP addresses',
    ],
    [
      'media: { stun_servers: ["stun:a", "stun:[::1]:65535", "stun:a:65536"] }',
      'media.stun_servers (in the file) is "stun:a:65536": write a list of URLs such as stun:stun.example.org:3478',
    ],
    [
      'limits: { message_bytes: 1 }',
      'limits.message_bytes (in the file) is 1: write a whole number from 65536 to 16777216',
    ],
    [
      'webhooks: { urls: [ftp://a.example/hunter2] }',
      'webhooks.urls.0 (in the file): write a list of URLs that begin with http:// or https://, without user and password',
    ],
    [
      'webhooks: { urls: ["https://user:hunter2@a.example/"] }',
      'webhooks.urls.0 (in the file): write a list of URLs that begin with http:// or https://, without user and password',
    ],
    [
      'metrics: { host: 0.0.0.0 }',
      'metrics.host (in the file) is "0.0.0.0": write it together with metrics.port, or leave it out',
    ],
    [
      'metrics: { port: 8045 }',
      'metrics.port (in the file) is 8045: write another port than http.port, or leave it out to serve metrics there',
    ],
    ['limits: { rooms: .inf }', 'limits.rooms (in the file) is .inf: write a whole number from 1 to 1000000'],
    [
      'limits: { rooms: [-.inf, .nan] }',
      'limits.rooms (in the file) is [ -.inf, .nan ]: write a whole number from 1 to 1000000',
    ],
    [
      'limits: { rooms: &self [*self] }',
      'limits.rooms (in the file) is &a1 [ *a1 ]: write a whole number from 1 to 1000000',
    ],
    [
      `{ keys: { one: ${SECRET} }, webhooks: { api_key: o } }`,
      'webhooks.api_key (in the file) is "o": write one of the API keys below keys, or leave it out for the first',
    ],
    ['keys: [one]', 'keys (in the file): write API keys and their secrets, as "key: secret"'],
    ['keys: { one: 5 }', 'keys.one (in the file): write an API secret of 32 characters or more'],
    ['keys: { "a b": c }', 'keys.a b (in the file): write an API key without spaces, colons or commas'],
  ])('refuses %s', (content, sentence) => {
    expect(problems(content)).toEqual([`- ${sentence}`]);
  });

  test('refuses unknown PARLEY_ variables and suggests the nearest', () => {
    expect(problems('', { PARLEY_HTTP_PROT: '1', PARLEY_ROOMS: '5', PARLEY_QQQQQQQQQQ: '' })).toEqual([
      '- PARLEY_HTTP_PROT is not a known environment variable; did you mean PARLEY_HTTP_PORT?',
      '- PARLEY_ROOMS is not a known environment variable; did you mean PARLEY_LIMITS_ROOMS?',
      '- PARLEY_QQQQQQQQQQ is not a known environment variable',
    ]);
  });

  test('takes what Kubernetes says of a service called parley for no mistake', () => {
    const links = {
      PARLEY_SERVICE_HOST: '10.0.0.1',
      PARLEY_SERVICE_PORT: '8045',
      PARLEY_SERVICE_PORT_HTTP: '8045',
      PARLEY_PORT: 'tcp://10.0.0.1:8045',
      PARLEY_PORT_8045_TCP: 'tcp://10.0.0.1:8045',
      PARLEY_PORT_8045_TCP_PROTO: 'tcp',
      PARLEY_PORT_8045_TCP_ADDR: '10.0.0.1',
    };
    expect(problems('', links)).toEqual([]);
    expect(problems('', { PARLEY_PORT: '8045' })).toHaveLength(1);
  });

  test('names the pair of PARLEY_API_KEYS that is malformed, without repeating it', () => {
    expect(problems('', { PARLEY_API_KEYS: `one: ${SECRET}, top-secret` })).toEqual([
      '- PARLEY_API_KEYS: pair 2 is not of the form "key: secret"',
    ]);
  });

  test('says when the file is missing, is no YAML or holds no keys', () => {
    expect(() => loadConfig({}, '/nowhere/parley.yaml')).toThrow(
      'The configuration file /nowhere/parley.yaml cannot be read: there is no such file',
    );
    expect(() => loadConfig({}, file('http: [}'))).toThrow(/is not valid YAML: /);
    expect(() => loadConfig({}, file('- a\n- b'))).toThrow(/must hold keys and values/);
  });

  test('says when the file cannot be read', () => {
    expect(() => loadConfig({}, temporaryFolder())).toThrow(/cannot be read: EISDIR/);
  });
});
