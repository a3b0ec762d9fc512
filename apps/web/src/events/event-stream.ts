import { eventFrame, type WorkspaceEventBody } from '@parley/contract';
import type { Store } from '../lib/store.js';
import { afterClose, afterFrame, FIRST_STATE } from './stream-state.js';

export interface StreamListener {
  /** Whether somebody is at the page, which the server is told. */
  activity: Store<boolean>;
  onEvent: (event: WorkspaceEventBody) => void;
  /** What is known may be out of date. */
  onReload: () => void;
  /** All that was missed follows, but for what is not repeated. */
  onResumed: () => void;
  onSignedOut: () => void;
}

/** Listens to the events of the server, also after the connection was lost, until the function it returns is called. */
export function listenToEvents(listener: StreamListener): () => void {
  const { activity, onEvent, onReload, onResumed, onSignedOut } = listener;
  let state = FIRST_STATE;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  const connect = () => {
    clearTimeout(timer);
    timer = undefined;
    const current = new WebSocket(addressOf(state.position));
    socket = current;
    // Until it is told otherwise the server takes it that somebody is there.
    current.onopen = () => !activity.get() && sayActivity();
    current.onmessage = ({ data }) => {
      if (socket !== current) return;
      const frame = eventFrame.safeParse(parsed(data));
      // An event of a newer server that this page does not know.
      if (!frame.success) return;
      const { state: next, news } = afterFrame(state, frame.data);
      state = next;
      if (news?.type === 'event') onEvent(news.event);
      if (news?.type === 'reload') onReload();
      if (news?.type === 'resumed') onResumed();
    };
    current.onclose = ({ code }) => {
      if (isStopped || socket !== current) return;
      const { state: after, next } = afterClose(state, code, Math.random());
      state = after;
      if (next.type === 'signed_out') onSignedOut();
      else timer = setTimeout(connect, next.inMs);
    };
  };
  const sayActivity = () => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    socket.send(JSON.stringify({ type: 'activity', active: activity.get() }));
  };
  // With the network back nothing is waited for.
  const onOnline = () => {
    if (timer !== undefined) connect();
  };

  connect();
  const stopSaying = activity.subscribe(sayActivity);
  window.addEventListener('online', onOnline);
  return () => {
    isStopped = true;
    stopSaying();
    clearTimeout(timer);
    window.removeEventListener('online', onOnline);
    socket?.close();
  };
}

function addressOf(position: string | undefined): string {
  const url = new URL('/api/v1/events', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (position !== undefined) url.searchParams.set('after', position);
  return url.href;
}

function parsed(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined;
  }
}
