import type { Config } from '../config/schema.js';
import { change, note, ok } from './finding.js';
import type { Finding } from './finding.js';
import type { Machine } from './machine.js';

/** Every client holds one file open for its WebSocket; below this, a full server runs out of them. */
const LEAST_OPEN_FILES = 4_096;
/** Each connection of media over TCP has a UDP socket, too. */
const FILES_OF_TCP_CONNECTION = 2;
/** What media asks the system for, bytes; the system gives no more than its limit. */
const SOCKET_BUFFER = 8_388_608;

export function checkOpenFiles({ openFiles }: Machine, { media, limits }: Config): Finding {
  const ofTcp = media.tcp === 'on' ? FILES_OF_TCP_CONNECTION * limits.tcp_connections : 0;
  const least = LEAST_OPEN_FILES + ofTcp;
  if (openFiles === undefined) return ok('The limit of open files is not known on this system');
  return openFiles >= least
    ? ok(`The limit of open files is ${openFiles}`)
    : change(
        `The limit of open files is ${openFiles}, and every client needs one, over TCP up to three: raise it to ${least} or more ("ulimit -n", or LimitNOFILE of systemd)`,
      );
}

/** Small ones are enough for small calls. */
export function checkSocketBuffers({ socketBuffers }: Machine): Finding {
  const { receive, send } = socketBuffers;
  if (receive === undefined || send === undefined) {
    return ok('The limits of socket buffers are not known here (a container does not show them)');
  }
  const small = [
    ...(receive < SOCKET_BUFFER ? [`net.core.rmem_max=${SOCKET_BUFFER}`] : []),
    ...(send < SOCKET_BUFFER ? [`net.core.wmem_max=${SOCKET_BUFFER}`] : []),
  ];
  return small.length === 0
    ? ok(`Socket buffers may have ${receive} and ${send} bytes`)
    : note(
        `Socket buffers may have ${receive} (receive) and ${send} (send) bytes, and large calls lose packets when many come at once: run "sysctl -w ${small.join(' ')}", and put it into /etc/sysctl.d to keep it`,
      );
}
