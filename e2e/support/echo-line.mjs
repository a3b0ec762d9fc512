// Loaded into a server with --import: whoever begins a room finds a telephone line in it that gives back what it hears.
// Over plain RTP, by a front of its own beside LiveKit's.
import { createSocket } from 'node:dgram';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { setImmediate } from 'node:timers';

const threads = createRequire(import.meta.url)('node:worker_threads');
const ADDRESS = '127.0.0.1';
const OPUS = { mimeType: 'audio/opus', payloadType: 96, clockRate: 48_000 };
const nothing = () => undefined;

if (threads.isMainThread) {
  threads.Worker = class extends threads.Worker {
    constructor(program, options) {
      super(String(program).endsWith('/media/worker.js') ? new URL(import.meta.url) : program, options);
    }
  };
  syncBuiltinESMExports();
} else if (threads.workerData?.livekit) {
  const { liveKitFront, runMediaThread } = await import('@parley/node');
  const { node, livekit } = threads.workerData;
  runMediaThread(node, [liveKitFront(livekit), echoFront]);
}

function echoFront({ sfu, plainRtp }) {
  sfu.observe({ onRoomStarted: (room) => setImmediate(() => join(room, plainRtp)) });
  const none = () => Promise.reject(new Error('An echo takes no requests'));
  return {
    name: 'echo',
    deadline: Infinity,
    handleTimeout: nothing,
    open: none,
    ask: none,
    metrics: () => [],
    drain: nothing,
    close: nothing,
  };
}

function join(room, plainRtp) {
  const far = createSocket('udp4').on('message', (message, { port }) => far.send(message, port, ADDRESS));
  const transport = plainRtp.createTransport(
    { address: ADDRESS },
    {},
    { onStateChange: () => participant.transportStateChanged(transport) },
  );
  const participant = room.join({
    identity: 'echo',
    kind: 'sip',
    name: 'Echo',
    metadata: '',
    attributes: {},
    permissions: {
      canPublish: true,
      canSubscribe: true,
      canPublishData: false,
      canUpdateOwnMetadata: false,
      canPublishSources: [],
      hidden: false,
    },
    autoSubscribe: true,
    transports: { publisher: transport, subscriber: transport },
    observer: {
      onParticipantChanged: nothing,
      onSubscriptionsChanged: () => setImmediate(() => subscribe(participant, transport)),
      onQualitiesChanged: nothing,
      onSpeakersChanged: nothing,
      onTrackSubscribed: nothing,
      onTrackMuted: nothing,
      onTrackUnpublished: nothing,
      onQualityWanted: nothing,
      onSubscriptionPermissionChanged: nothing,
      onStreamStateChanged: nothing,
      onRoomChanged: nothing,
      onClosed: () => far.close(),
    },
  });
  far.bind(0, ADDRESS, () => transport.setRemote({ address: ADDRESS, port: far.address().port }));
  participant.setJoined();
  participant.publish({ kind: 'audio', source: 'microphone', name: 'line', muted: false }).attach(
    transport.createReceiver({
      mid: 'line',
      kind: 'audio',
      codecs: [OPUS],
      extensions: {},
      ssrcs: [],
      rtxPairs: [],
      rids: [],
    }),
  );
}

function subscribe({ subscriptions }, transport) {
  for (const [mid, subscription] of subscriptions) {
    if (subscription.sender || subscription.publication.kind !== 'audio') continue;
    subscription.attach(transport.createSender({ mid, kind: 'audio', codecs: [OPUS] }));
  }
}
