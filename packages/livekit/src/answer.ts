import type { ExtensionMapping, LocalSender, MediaAnswer, MediaSection, SdpCodec } from '@parley/rtp';
import {
  ExtensionUri,
  isSameMimeType,
  MimeType,
  negotiateCodecs,
  negotiateExtensions,
  supportedExtensions,
} from '@parley/rtp';
import {
  sortRids,
  type Participant,
  type Publication,
  type PublishedCodec,
  type Subscription,
  type TrackKind,
} from '@parley/sfu';
import type { RtpReceiverParameters, RtpSender, RtpSenderParameters } from '@parley/transport';
import { receivedAudioCodecs, sentAudioCodecs } from './audio-codecs.js';
import { clientCodecs, withFirst } from './client-codecs.js';

/** Layers of a simulcast that are received: as many as LiveKit clients send. */
const MAX_LAYERS = 3;

/**
 * Answers a section in which the client sends a publication.
 *
 * @param preferred The codec that the client announced for it, if it named one.
 */
export function receivingAnswer(
  section: MediaSection,
  publication: Publication,
  preferred: string | undefined,
): MediaAnswer {
  const { kind } = publication;
  const codecs =
    kind === 'audio'
      ? receivedAudioCodecs(section, publication)
      : receivedVideoCodecs(section, publication.participant, preferred);
  return {
    action: 'accept',
    direction: 'recvonly',
    codecs,
    extensions: receivedExtensions(section, kind, codecs[0]),
    rids: layersOf(section),
  };
}

/** What the transport must know of a section in which the client sends; undefined without a codec in common. */
export function receiverParameters(
  section: MediaSection,
  publication: Publication,
  preferred: string | undefined,
): RtpReceiverParameters | undefined {
  const { codecs, extensions, rids } = receivingAnswer(section, publication, preferred);
  if (codecs.length === 0) return undefined;
  const id = (uri: string): number | undefined => extensions.find((extension) => extension.uri === uri)?.id;
  const repairs = new Set(section.rtxPairs.map(([, rtxSsrc]) => rtxSsrc));
  return {
    mid: section.mid,
    kind: publication.kind,
    codecs: codecs.map(negotiatedCodec),
    extensions: {
      mid: id(ExtensionUri.MID),
      rid: id(ExtensionUri.RTP_STREAM_ID),
      repairedRid: id(ExtensionUri.REPAIRED_RTP_STREAM_ID),
      audioLevel: id(ExtensionUri.AUDIO_LEVEL),
      transportSequence: id(ExtensionUri.TRANSPORT_SEQUENCE),
      absSendTime: id(ExtensionUri.ABS_SEND_TIME),
      dependencyDescriptor: id(ExtensionUri.DEPENDENCY_DESCRIPTOR),
    },
    ssrcs: section.ssrcs.map(({ ssrc }) => ssrc).filter((ssrc) => !repairs.has(ssrc)),
    rtxPairs: section.rtxPairs,
    rids: rids ?? [],
  };
}

/** Answers a section in which the client receives what its sender sends. */
export function sendingAnswer(
  section: MediaSection,
  participant: Participant,
  subscription: Subscription,
): MediaAnswer {
  const { codec: sent, publication, sender } = subscription;
  const idle = idleAnswer(section, participant, publication.kind);
  if (!sender || !sent) return idle;
  return {
    ...idle,
    direction: 'sendonly',
    codecs: sentCodecs(section, participant, publication, sent),
    sender: trackSender(publication, sender),
  };
}

/** How a section names the track that it sends. */
export function trackSender({ participant, sid }: Publication, { ssrc, rtxSsrc }: RtpSender): LocalSender {
  return {
    // Clients read from the stream's id whose track it is.
    msid: { streamId: `${participant.sid}|${sid}`, trackId: sid },
    ssrc,
    ...(rtxSsrc !== undefined && { rtxSsrc }),
    cname: participant.sid,
  };
}

/** What the transport must know of a section in which the client receives; undefined if it lacks the codec. */
export function senderParameters(
  section: MediaSection,
  participant: Participant,
  publication: Publication,
  codec: PublishedCodec,
): RtpSenderParameters | undefined {
  const { kind } = publication;
  const codecs = sentCodecs(section, participant, publication, codec);
  return !isServed(codecs, kind, codec)
    ? undefined
    : {
        mid: section.mid,
        kind,
        codecs: codecs.map(negotiatedCodec),
        ...transportSequence(acceptedExtensions(section, kind), codecs),
        ...dependencyDescriptor(acceptedExtensions(section, kind)),
      };
}

/**
 * Of a section in which the client receives a publication in one of its codecs: that first, and all others that the section
 * may be needed for. Some clients take what the first section of a kind names for all that there will ever be.
 */
function sentCodecs(
  section: MediaSection,
  participant: Participant,
  publication: Publication,
  { mimeType }: PublishedCodec,
): SdpCodec[] {
  if (publication.kind === 'audio') return sentAudioCodecs(section, publication);
  return withFirst(negotiateCodecs(section, clientCodecs(participant, 'video', 'subscribe')), mimeType);
}

/** Whether a publication can be sent as these codecs: sound that is none of them, RED, as opus. */
export function isServed(
  codecs: readonly SdpCodec[],
  kind: TrackKind,
  { mimeType }: PublishedCodec,
): boolean {
  const needed = kind === 'audio' ? MimeType.OPUS : mimeType;
  return codecs.some(({ codec }) => isSameMimeType(codec.mimeType, needed));
}

/** The id of the transport-wide sequence number where the client also gives the feedback that it is for. */
export function transportSequence(
  extensions: readonly ExtensionMapping[],
  codecs: readonly SdpCodec[],
): Pick<RtpSenderParameters, 'transportSequence'> {
  const id = extensions.find(({ uri }) => uri === ExtensionUri.TRANSPORT_SEQUENCE)?.id;
  const isFedBack = codecs.some(({ feedback }) => feedback.includes('transport-cc'));
  return id !== undefined && isFedBack ? { transportSequence: id } : {};
}

/** The id of the dependency descriptor, where the client takes it. */
export function dependencyDescriptor(
  extensions: readonly ExtensionMapping[],
): Pick<RtpSenderParameters, 'dependencyDescriptor'> {
  const id = extensions.find(({ uri }) => uri === ExtensionUri.DEPENDENCY_DESCRIPTOR)?.id;
  return id === undefined ? {} : { dependencyDescriptor: id };
}

/**
 * Header extensions of a section in which the client sends this codec. VP8 must come without the dependency descriptor:
 * with it, Chromium leaves out of the payload the picture ids and temporal layers that subscribers without it go by.
 */
function receivedExtensions(
  section: MediaSection,
  kind: TrackKind,
  codec: SdpCodec | undefined,
): ExtensionMapping[] {
  const accepted = acceptedExtensions(section, kind);
  const isVp8 = codec !== undefined && isSameMimeType(codec.codec.mimeType, MimeType.VP8);
  return isVp8 ? accepted.filter(({ uri }) => uri !== ExtensionUri.DEPENDENCY_DESCRIPTOR) : accepted;
}

/** Answers a section in which nothing is sent at present. */
export function idleAnswer(section: MediaSection, participant: Participant, kind: TrackKind): MediaAnswer {
  return {
    action: 'accept',
    direction: 'inactive',
    codecs: negotiateCodecs(section, clientCodecs(participant, kind, 'subscribe')),
    extensions: acceptedExtensions(section, kind),
  };
}

/**
 * What published media needs, in every section: Chromium offers in a later section only what an earlier one accepted, and
 * the first ones are those in which it receives. It does not miss extensions that are accepted and never sent.
 */
function acceptedExtensions(section: MediaSection, kind: TrackKind): ExtensionMapping[] {
  const uris = supportedExtensions(kind);
  const hasTransportSequence = section.extensions.some(({ uri }) => uri === ExtensionUri.TRANSPORT_SEQUENCE);
  // The second best, from which the server estimates what the publisher's path carries.
  return negotiateExtensions(section, hasTransportSequence ? uris : [...uris, ExtensionUri.ABS_SEND_TIME]);
}

/** The codecs in common, the one that the publisher announced first: a browser sends the answer's first codec. */
function receivedVideoCodecs(
  section: MediaSection,
  participant: Pick<Participant, 'appData'>,
  preferred: string | undefined,
): SdpCodec[] {
  return withFirst(negotiateCodecs(section, clientCodecs(participant, 'video', 'publish')), preferred ?? '');
}

/** RTP stream ids of the layers to receive. Beyond three the lower ones go: the client stops sending what is left out. */
function layersOf(section: MediaSection): string[] {
  const { simulcast = [] } = section;
  const received = new Set(sortRids(simulcast).slice(-MAX_LAYERS));
  return simulcast.filter((rid) => received.has(rid));
}

/** A described codec, as transports know it. */
export function negotiatedCodec({
  payloadType,
  codec,
  rtxPayloadType,
}: SdpCodec): RtpSenderParameters['codecs'][number] {
  return {
    mimeType: codec.mimeType,
    payloadType,
    clockRate: codec.clockRate,
    ...(rtxPayloadType !== undefined && { rtxPayloadType }),
  };
}
