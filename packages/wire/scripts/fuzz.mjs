// Builds one of the fuzz targets in fuzz/ with libFuzzer and runs it.
//
// Usage: npm run fuzz --workspace @parley/wire -- <target> [seconds]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const output = join(packageFolder, 'build', 'fuzz');
/** All that does without Node-API, sockets and sessions. */
const sources = [
  'aes_ctr',
  'aes_gcm',
  'demux',
  'dtls_record',
  'gcm_cipher',
  'hmac_sha1',
  'rtcp_header',
  'rtp_header',
  'srtp_keys',
  'srtp_receiver',
  'srtp_sender',
  'srtp_transform',
  'stun_username',
].map((name) => join(packageFolder, 'native', `${name}.cc`));

const [target = '', seconds = '60'] = process.argv.slice(2);
const targets = readdirSync(join(packageFolder, 'fuzz')).map((file) => basename(file, '.cc'));
if (!targets.includes(target)) fail(`Say what to fuzz: one of ${targets.join(', ')}.`);
if (spawnSync('clang++', ['--version']).status !== 0 || !existsSync('/usr/include/openssl/ssl.h')) {
  fail('Fuzzing needs clang and the headers of OpenSSL: apt-get install clang libssl-dev.');
}

const binary = join(output, target);
const corpus = join(output, `${target}-corpus`);
mkdirSync(corpus, { recursive: true });
run('clang++', [
  '-std=c++17',
  '-g',
  '-O1',
  '-fsanitize=fuzzer,address,undefined',
  '-fno-sanitize-recover=undefined',
  `-I${join(packageFolder, 'native')}`,
  join(packageFolder, 'fuzz', `${target}.cc`),
  ...sources,
  '-lcrypto',
  '-o',
  binary,
]);
run(binary, [corpus, `-max_total_time=${seconds}`, '-max_len=1536', '-print_final_stats=1']);

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', cwd: output });
  if (status !== 0) process.exit(status ?? 1);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
