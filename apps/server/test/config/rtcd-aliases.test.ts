import { describe, expect, test } from 'vitest';
import { rtcdAliases } from '../../src/config/rtcd-aliases.js';
import { testConfig } from '../support.js';

const SECRET = 'hunter2';
const turn = (server: object) => JSON.stringify([{ urls: ['turn:turn.example.org:3478'], ...server }]);

function values(environment: Record<string, string>): Record<string, string> {
  return Object.fromEntries([...rtcdAliases(environment).values].map(([name, { text }]) => [name, text]));
}

describe('rtcdAliases', () => {
  test.each([
    ['RTCD_API_HTTP_LISTENADDRESS', ':8045', { PARLEY_HTTP_HOST: '0.0.0.0', PARLEY_HTTP_PORT: '8045' }],
    ['RTCD_API_HTTP_LISTENADDRESS', '[::1]:80', { PARLEY_HTTP_HOST: '::1', PARLEY_HTTP_PORT: '80' }],
    ['RTCD_RTC_ICEADDRESSUDP', '10.0.0.1,10.0.0.2', { PARLEY_MEDIA_BIND: '10.0.0.1,10.0.0.2' }],
    ['RTCD_RTC_ICEPORTUDP', '8444', { PARLEY_MEDIA_PORT: '8444' }],
    ['RTCD_RTC_ICEHOSTOVERRIDE', 'a.example', { PARLEY_MEDIA_HOST_OVERRIDE: 'a.example' }],
    ['RTCD_RTC_ICEHOSTPORTOVERRIDE', '30443', { PARLEY_MEDIA_PORT_OVERRIDE: '30443' }],
    ['RTCD_STORE_DATASOURCE', '/data/rtcd', { PARLEY_DATA_DIR: '/data/rtcd' }],
    ['RTCD_LOGGER_CONSOLELEVEL', 'WARN', { PARLEY_LOG_LEVEL: 'warn' }],
    ['RTCD_LOGGER_CONSOLELEVEL', 'TRACE', { PARLEY_LOG_LEVEL: 'debug' }],
    ['RTCD_LOGGER_CONSOLELEVEL', 'PANIC', { PARLEY_LOG_LEVEL: 'error' }],
    ['RTCD_LOGGER_CONSOLEJSON', 'true', { PARLEY_LOG_FORMAT: 'json' }],
    ['RTCD_LOGGER_CONSOLEJSON', 'false', { PARLEY_LOG_FORMAT: 'pretty' }],
    ['RTCD_RTC_ICEPORTUDP', ' ', {}],
  ])('takes %s=%s', (name, text, expected) => {
    expect(values({ [name]: text })).toEqual(expected);
  });

  test("the whole of a Mattermost chart's variables makes a configuration", () => {
    const config = testConfig({
      RTCD_API_HTTP_LISTENADDRESS: ':8045',
      RTCD_API_SECURITY_ALLOWSELFREGISTRATION: 'true',
      RTCD_RTC_ICEPORTUDP: '8443',
      RTCD_RTC_ICEPORTTCP: '8443',
      RTCD_RTC_ICESERVERS: '[{"urls":["stun:stun.example.org:3478"]}]',
      RTCD_LOGGER_ENABLEFILE: 'false',
      RTCD_LOGGER_CONSOLELEVEL: 'DEBUG',
    });
    expect(config.http).toMatchObject({ host: '0.0.0.0', port: 8045 });
    expect(config.media.stun_servers).toEqual(['stun:stun.example.org:3478']);
    expect(config.ice_servers).toEqual([{ urls: ['stun:stun.example.org:3478'], ttl: 86_400 }]);
    expect(config.log.level).toBe('debug');
  });

  test("says of each whether it is taken or ignored, as Parley's own name wins", () => {
    const { warnings } = rtcdAliases({
      RTCD_API_HTTP_LISTENADDRESS: ':8045',
      RTCD_RTC_ICEPORTUDP: '8444',
      PARLEY_MEDIA_PORT: '8445',
      RTCD_LOGGER_CONSOLEJSON: 'true',
    });
    expect(warnings).toEqual([
      'RTCD_API_HTTP_LISTENADDRESS is taken for PARLEY_HTTP_HOST and PARLEY_HTTP_PORT: use those names',
      'RTCD_RTC_ICEPORTUDP is ignored, as PARLEY_MEDIA_PORT is set: remove it',
      'RTCD_LOGGER_CONSOLEJSON is taken for PARLEY_LOG_FORMAT: use that name',
    ]);
  });

  test('names all that have no effect in one sentence, with the reason and without their values', () => {
    const { values: taken, warnings } = rtcdAliases({
      RTCD_API_HTTP_TLS_ENABLE: 'true',
      RTCD_API_HTTP_TLS_CERTFILE: '/a',
      RTCD_API_SECURITY_ADMINSECRETKEY: SECRET,
      RTCD_RTC_TURNCONFIG_STATICAUTHSECRET: SECRET,
      RTCD_RTC_ICEPORTTCP: '8443',
      RTCD_SOMETHING: SECRET,
      RTCD_SERVICE_HOST: '10.0.0.1',
      RTCD_PORT_8045_TCP: 'tcp://10.0.0.1:8045',
    });
    expect(taken.size).toBe(0);
    expect(warnings).toEqual([
      'These variables of rtcd have no effect: RTCD_API_HTTP_TLS_ENABLE, RTCD_API_HTTP_TLS_CERTFILE (a reverse proxy does TLS); ' +
        'RTCD_API_SECURITY_ADMINSECRETKEY (PARLEY_API_KEYS says who may call the API); ' +
        'RTCD_RTC_TURNCONFIG_STATICAUTHSECRET (there is no TURN server in RTCD_RTC_ICESERVERS that they are for); ' +
        'RTCD_RTC_ICEPORTTCP (TCP has the port of UDP, PARLEY_MEDIA_PORT); RTCD_SOMETHING (Parley does not know them)',
    ]);
  });
});

describe('RTCD_RTC_ICESERVERS', () => {
  test('may be a list of URLs; the STUN servers among them tell the external address, too', () => {
    const text = '["stun:a:3478","stuns:b:5349","turn:c:3478"]';
    expect(values({ RTCD_RTC_ICESERVERS: text, RTCD_RTC_TURNCONFIG_STATICAUTHSECRET: SECRET })).toEqual({
      PARLEY_ICE_SERVERS: JSON.stringify([
        { urls: ['stun:a:3478'] },
        { urls: ['stuns:b:5349'] },
        { urls: ['turn:c:3478'], secret: SECRET },
      ]),
      PARLEY_MEDIA_STUN_SERVERS: 'stun:a:3478',
    });
  });

  test('keeps credentials of its own, and makes short-lived ones with the secret for servers without', () => {
    const own = { username: 'a', credential: 'b' };
    expect(testConfig({ RTCD_RTC_ICESERVERS: turn(own) }).ice_servers).toMatchObject([own]);
    const environment = {
      RTCD_RTC_ICESERVERS: turn({ username: '', credential: '', unknown: 1 }),
      RTCD_RTC_TURNCONFIG_STATICAUTHSECRET: SECRET,
      RTCD_RTC_TURNCONFIG_CREDENTIALSEXPIRATIONMINUTES: '60',
    };
    expect(testConfig(environment).ice_servers).toEqual([
      { urls: ['turn:turn.example.org:3478'], secret: SECRET, ttl: 3600 },
    ]);
    const { warnings } = rtcdAliases(environment);
    expect(warnings).toEqual([
      'RTCD_RTC_ICESERVERS is taken for PARLEY_ICE_SERVERS: use that name',
      'RTCD_RTC_TURNCONFIG_STATICAUTHSECRET is taken for PARLEY_ICE_SERVERS: use that name',
      'RTCD_RTC_TURNCONFIG_CREDENTIALSEXPIRATIONMINUTES is taken for PARLEY_ICE_SERVERS: use that name',
    ]);
  });

  test('leaves TURN servers out that nobody could use, as rtcd does, and says so', () => {
    const environment = { RTCD_RTC_ICESERVERS: turn({}) };
    expect(testConfig(environment).ice_servers).toEqual([]);
    expect(rtcdAliases(environment).warnings).toContain(
      'RTCD_RTC_ICESERVERS has TURN servers without credentials, which are left out: give them a username and credential, or set RTCD_RTC_TURNCONFIG_STATICAUTHSECRET',
    );
  });

  test.each(['{}', '[1]', '[null]', '[{"urls":5}]', '["https://hunter2"]'])(
    '%s is refused without being repeated',
    (text) => {
      const refused = () => testConfig({ RTCD_RTC_ICESERVERS: text });
      expect(refused).toThrow(/ice_servers[.\w]* \(RTCD_RTC_ICESERVERS\): write /);
      expect(refused).not.toThrow(SECRET);
    },
  );
});
